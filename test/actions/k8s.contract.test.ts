import { after } from 'node:test';
import { k8sIsolatePod } from '../../src/actions/k8s-isolate-pod.ts';
import { k8sReleasePod } from '../../src/actions/k8s-release-pod.ts';
import { aNode, aPod, payLabels } from '../support/a-cluster.ts';
import { aKube, paymentsPods } from '../support/a-kube.ts';
import { actionContract } from './contract.ts';

const cluster = await aKube({ after: (then) => after(() => then()) });
cluster.has({
	[paymentsPods]: [
		aPod(),
		aPod({ name: 'pay-held', labels: { ...payLabels, 'eventctl/isolate': 'R-0000' } }),
	],
	'/api/v1/nodes': [aNode()],
});
const tools = () => cluster.tools();

actionContract(k8sIsolatePod, { target: 'payments/pay-7d9f', tools });
actionContract(k8sReleasePod, { target: 'payments/pay-held', tools });
