import { randomUUID } from 'node:crypto';
import { nkeys } from 'nats';

type KeyPair = ReturnType<typeof nkeys.createUser>;

export type Realm = {
	/** Configuration of a server that knows one operator, one account, and their users. */
	readonly config: string;
	/** What a credentials file holds: the user's JWT and its seed. */
	readonly credentials: string;
};

/** An operator with an account and a user in it, as the NATS tools would make them. */
export function aRealm(): Realm {
	const [operator, account, user] = [
		nkeys.createOperator(),
		nkeys.createAccount(),
		nkeys.createUser(),
	];
	const limits = { subs: -1, data: -1, payload: -1 };
	const many = { ...limits, conn: -1, leaf: -1, imports: -1, exports: -1, wildcards: true };
	const operatorJwt = jwt(operator, operator, { type: 'operator' });
	const accountJwt = jwt(operator, account, { type: 'account', limits: many });
	const userJwt = jwt(account, user, { type: 'user', ...limits });
	return {
		config: `operator: ${operatorJwt}
			resolver: MEMORY
			resolver_preload: { ${account.getPublicKey()}: ${accountJwt} }`,
		credentials: [
			'-----BEGIN NATS USER JWT-----',
			userJwt,
			'------END NATS USER JWT------',
			'-----BEGIN USER NKEY SEED-----',
			Buffer.from(user.getSeed()).toString(),
			'------END USER NKEY SEED------',
			'',
		].join('\n'),
	};
}

function jwt(issuer: KeyPair, subject: KeyPair, claims: object): string {
	const head = encoded({ typ: 'JWT', alg: 'ed25519-nkey' });
	const body = encoded({
		jti: randomUUID(),
		iat: Math.floor(Date.now() / 1000),
		iss: issuer.getPublicKey(),
		sub: subject.getPublicKey(),
		name: 'test',
		nats: { ...claims, version: 2 },
	});
	const signature = issuer.sign(Buffer.from(`${head}.${body}`));
	return `${head}.${body}.${Buffer.from(signature).toString('base64url')}`;
}

function encoded(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
