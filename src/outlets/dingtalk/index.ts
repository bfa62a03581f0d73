export { DingtalkApp } from './dingtalk-app.ts';
export { DingtalkRobot } from './dingtalk-robot.ts';
export { readDingtalkReceipt } from './read-dingtalk-receipt.ts';
