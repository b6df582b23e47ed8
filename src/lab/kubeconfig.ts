/** A kubeconfig of one context, as kubectl reads it too. Plain HTTP counts as a server whose name is not checked. */
export function kubeconfigFor(context: string, server: string, token?: string): string {
	const named = { name: context };
	return JSON.stringify({
		...{ apiVersion: 'v1', kind: 'Config', 'current-context': context },
		clusters: [{ ...named, cluster: { server, 'insecure-skip-tls-verify': true } }],
		users: [{ ...named, user: token === undefined ? {} : { token } }],
		contexts: [{ ...named, context: { cluster: context, user: context } }],
	});
}
