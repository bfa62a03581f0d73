export { MailSender } from './mail-sender.ts';
