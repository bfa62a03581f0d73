import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { cutBytes, plainText, refusedBy, type SenderGround, TokenApi } from '#outlets/call';

import { DINGTALK_CODES } from './dingtalk-codes.ts';

type DingtalkSettings = SettingsOf<'dingtalk'>;

// 钉钉 工作通知: a message of at most 2048 bytes
const TITLE_BYTES = 128;
const TEXT_BYTES = 1200;
/** One person: a list with commas would reach others. */
const PERSON = /^[\w.@-]{1,64}$/u;

/** Sends work notifications of DingTalk or 政务钉钉: a card that opens the deep link. */
export class DingtalkApp {
  readonly #settings: DingtalkSettings;
  readonly #api: TokenApi;

  constructor(settings: DingtalkSettings, ground: SenderGround) {
    this.#settings = settings;
    const asked = new URLSearchParams({ appkey: settings.appKey, appsecret: settings.appSecret });
    this.#api = new TokenApi(
      {
        baseUrl: settings.baseUrl,
        ca: settings.ca,
        tokenPath: `/gettoken?${asked.toString()}`,
        codes: DINGTALK_CODES,
        secrets: [settings.appSecret, settings.appKey],
      },
      ground,
    );
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    if (!PERSON.test(message.to)) return refusedBy('malformed', '不是钉钉的用户账号');
    const read = await this.#api.post(
      '/topapi/message/corpconversation/asyncsend_v2',
      { agent_id: this.#settings.agentId, userid_list: message.to, msg: contentOf(message) },
      [message.to],
    );
    if (!read.ok) return read.result;
    const { task_id: task } = read.answer;
    return {
      kind: 'sent',
      providerId: typeof task === 'number' || typeof task === 'string' ? `${task}` : null,
    };
  }
}

/** The same text goes to one person only once a day: our number makes a reminder another one. */
function contentOf({ id, title, text, link }: ChannelMessage): object {
  const heading = cutBytes(title, TITLE_BYTES);
  const cut = cutBytes(plainText(text), TEXT_BYTES);
  if (link === undefined) return { msgtype: 'text', text: { content: `${heading}\n${cut}\n（编号 ${id}）` } };
  return {
    msgtype: 'action_card',
    action_card: {
      title: heading,
      markdown: `**${plainText(heading)}**\n\n${cut}\n\n（编号 ${id}）`,
      single_title: '打开',
      single_url: link,
    },
  };
}
