export { readWecomReceipt } from './read-wecom-receipt.ts';
export { WecomApp } from './wecom-app.ts';
export { WecomRobot } from './wecom-robot.ts';
