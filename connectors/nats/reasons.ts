import { jserrors } from '@nats-io/jetstream/internal';
import { errors } from 'nats';
import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';
import type { Access } from './access.ts';

const networkReasons: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'nothing listens there: is nats-server running?',
	ENOTFOUND: 'the name does not resolve: check it',
	EAI_AGAIN: 'the name does not resolve now: check the network',
	EHOSTUNREACH: 'no route leads there',
	ENETUNREACH: 'no route leads there',
	ECONNRESET: 'the connection was reset before the greeting',
};

const tlsReasons: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate signs itself: set tls: { ca }',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an unknown authority: set tls: { ca }',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
		'its certificate comes from an unknown authority: set tls: { ca }',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		'its certificate comes from an unknown authority: set tls: { ca }',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: connect by that name',
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
		'it wants a client certificate: set tls: { cert, key }',
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it does not take our client certificate',
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know the authority of our client certificate',
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it does not take our client certificate',
};

/** Why no connection came about, as one sentence without secrets. */
export function whyNotConnected({ servers, identity, tls }: Access, thrown: unknown): Failure {
	const where = servers.join(', ');
	const options = { cause: thrown };
	if (thrown instanceof Failure) return thrown;
	if (thrown instanceof errors.AuthorizationError) {
		return new Failure(
			'denied',
			`nats: ${where} does not let ${identity} in: check the credentials and the server's users`,
			options,
		);
	}
	if (thrown instanceof errors.UserAuthenticationExpiredError) {
		return new Failure(
			'denied',
			`nats: the credentials of ${identity} have expired: renew them`,
			options,
		);
	}
	return new Failure(
		'unreachable',
		`nats: cannot connect to ${where}: ${networkReason(thrown, tls !== undefined)}`,
		options,
	);
}

function networkReason(thrown: unknown, isTls: boolean): string {
	// In TLS 1.3 a server refuses a client's certificate after the handshake, and the client waits on.
	const hint = isTls ? ': it may want a client certificate it knows: set tls: { cert, key }' : '';
	if (thrown instanceof errors.TimeoutError) return `no answer in time${hint}`;
	const cause = thrown instanceof Error ? thrown.cause : undefined;
	const code = systemCode(thrown) ?? systemCode(cause) ?? '';
	return networkReasons[code] ?? tlsReasons[code] ?? reasonOf(thrown);
}

/** Why the server refused a publish or a subscription. */
export function whyDenied(identity: string, thrown: unknown): Failure {
	if (!(thrown instanceof errors.PermissionViolationError)) {
		return new Failure('unreachable', `nats: ${reasonOf(thrown)}`, { cause: thrown });
	}
	const deed = thrown.operation === 'publish' ? 'publish to' : 'subscribe to';
	return new Failure(
		'denied',
		`nats: ${identity} may not ${deed} ${thrown.subject}: ask for that permission or name other subjects`,
		{ cause: thrown },
	);
}

/** Why a stream cannot be read or written. */
export function whyNoStream(stream: string, identity: string, thrown: unknown): Failure {
	const options = { cause: thrown };
	if (thrown instanceof Failure) return thrown;
	if (thrown instanceof errors.PermissionViolationError) return whyDenied(identity, thrown);
	if (thrown instanceof jserrors.StreamNotFoundError) {
		return new Failure('unreachable', `nats: there is no stream ${stream} (yet)`, options);
	}
	if (thrown instanceof jserrors.JetStreamNotEnabled) {
		return new Failure(
			'unreachable',
			'nats: no JetStream answers: enable it in the server, or leave the stream out',
			options,
		);
	}
	return new Failure('unreachable', `nats: the stream ${stream}: ${reasonOf(thrown)}`, options);
}
