import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { cutBytes, plainText, refusedBy, type SenderGround, TokenApi } from '#outlets/call';

import { WECOM_CODES } from './wecom-codes.ts';

type WecomSettings = SettingsOf<'wecom'>;

// 企业微信 message/send: 文本卡片 title ≤ 128, description ≤ 512 bytes; 模板卡片 task_id of [A-Za-z0-9_-@], ≤ 128
const TITLE_BYTES = 128;
const DESCRIPTION_BYTES = 512;
const TASK_ID = /^[\w@-]{1,128}$/u;
/** One member: `@all` and lists with | would reach others. */
const MEMBER = /^[\w.@-]{1,64}$/u;

/** Sends app messages of WeCom or 政务微信: a card that opens the deep link, with a button 接单 where an answer is asked for and can come back. */
export class WecomApp {
  readonly #settings: WecomSettings;
  readonly #api: TokenApi;

  constructor(settings: WecomSettings, ground: SenderGround) {
    this.#settings = settings;
    const asked = new URLSearchParams({ corpid: settings.corpId, corpsecret: settings.secret });
    this.#api = new TokenApi(
      {
        baseUrl: settings.baseUrl,
        ca: settings.ca,
        tokenPath: `/cgi-bin/gettoken?${asked.toString()}`,
        codes: WECOM_CODES,
        secrets: [settings.secret, settings.corpId],
      },
      ground,
    );
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    if (!MEMBER.test(message.to) || message.to.startsWith('@'))
      return refusedBy('malformed', '不是企业微信的成员账号');
    const hasButton =
      message.asksAnswer && this.#settings.callbackKey !== undefined && TASK_ID.test(message.id);
    const content = hasButton ? buttonCard(message) : plainCard(message);
    const read = await this.#api.post(
      '/cgi-bin/message/send',
      { touser: message.to, agentid: this.#settings.agentId, ...content },
      [message.to],
    );
    if (!read.ok) return read.result;
    // 0 although the only receiver is none: without an account, or without a licence.
    const strangers = ['invaliduser', 'unlicenseduser'].filter((name) => read.answer[name]);
    if (strangers.length > 0)
      return {
        kind: 'refused',
        forGood: true,
        code: strangers.join('+'),
        text: '没有这个成员，或他没有许可',
      };
    const { msgid } = read.answer;
    // A pressed button names its task, which is our own number; nothing else comes back about a message.
    return { kind: 'sent', providerId: hasButton ? message.id : typeof msgid === 'string' ? msgid : null };
  }
}

function plainCard(message: ChannelMessage): object {
  const title = cutBytes(message.title, TITLE_BYTES);
  const description = cutBytes(plainText(message.text), DESCRIPTION_BYTES);
  if (message.link === undefined)
    return { msgtype: 'text', text: { content: `${title}\n${cutBytes(message.text, 1800)}` } };
  return { msgtype: 'textcard', textcard: { title, description, url: message.link, btntxt: '打开' } };
}

/** 按钮交互型: pressed, it comes back as `template_card_event`. */
function buttonCard({ id, title, text, link }: ChannelMessage): object {
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: cutBytes(title, TITLE_BYTES) },
      sub_title_text: cutBytes(text, DESCRIPTION_BYTES),
      ...(link === undefined ? {} : { card_action: { type: 1, url: link } }),
      task_id: id,
      button_list: [{ text: '接单', style: 1, key: '1' }],
    },
  };
}
