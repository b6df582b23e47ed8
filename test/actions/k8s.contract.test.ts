import { after } from 'node:test';
import * as registry from '../../src/actions/registry.ts';
import { aDeployment, aNode, aPod, payLabels } from '../support/a-cluster.ts';
import { aKube, paymentsPods } from '../support/a-kube.ts';
import { actionContract } from './contract.ts';

const taint = { key: 'eventctl/quarantine', value: 'true', effect: 'NoSchedule' };
const cluster = await aKube({ after: (then) => after(() => then()) });
cluster.has({
	[paymentsPods]: [
		aPod(),
		aPod({ name: 'pay-held', labels: { ...payLabels, 'eventctl/isolate': 'R-0000' } }),
	],
	'/api/v1/nodes': [aNode(), aNode('closed', { unschedulable: true, taints: [taint] })],
	'/apis/apps/v1/namespaces/payments/deployments': [aDeployment('pay', 3)],
});
const tools = () => cluster.tools();
const pod = { target: 'payments/pay-7d9f', tools };
const node = { target: 'web12', tools };
const closed = { target: 'closed', tools };

actionContract(registry.k8sIsolatePod, pod);
actionContract(registry.k8sReleasePod, { target: 'payments/pay-held', tools });
actionContract(registry.k8sDeletePod, pod);
actionContract(registry.k8sLogs, pod);
actionContract(registry.k8sDescribe, pod);
actionContract(registry.k8sLabel, { ...pod, params: { labels: { suspect: 'yes', app: null } } });
actionContract(registry.k8sScale, { target: 'payments/pay', params: { replicas: 5 }, tools });
actionContract(registry.k8sTaintNode, node);
actionContract(registry.k8sUntaintNode, closed);
actionContract(registry.k8sCordonNode, node);
actionContract(registry.k8sUncordonNode, closed);
actionContract(registry.k8sDrainNode, node);
