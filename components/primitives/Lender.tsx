import { type SuspendTerminal, useApp } from 'ink';
import { useLayoutEffect } from 'react';

type Properties = { readonly onReady: (suspend: SuspendTerminal) => void };

/** Hands out how Ink lends its terminal, which it tells components only. */
export function Lender({ onReady }: Properties) {
	const { suspendTerminal } = useApp();
	useLayoutEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
	return null;
}
