import { CHANNEL_SECRETS, channelSettings, type ChannelSettings } from '#contract/command';
import type { ChannelKind } from '#model/command';
import type { Vault } from '#storage';

const PURPOSE = 'channel';

/** How a channel's row holds what it needs: in clear, and sealed. */
export interface StoredSettings {
  readonly kind: ChannelKind;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secret_sealed: string | null;
}

/** A channel's settings with its secrets in clear, for the moment of sending. Throws where they are not what the kind needs. */
export function openChannel(vault: Vault, row: StoredSettings): ChannelSettings {
  return channelSettings.parse({ ...row.settings, ...secretsOf(vault, row), kind: row.kind });
}

export function secretsOf(vault: Vault, { secret_sealed: sealed }: StoredSettings): Record<string, unknown> {
  return sealed === null ? {} : (JSON.parse(vault.open(sealed, PURPOSE)) as Record<string, unknown>);
}

/** The settings as the row holds them. */
export function sealChannel(vault: Vault, given: ChannelSettings): StoredSettings {
  const { kind, ...fields } = given;
  const secret = (name: string): boolean => CHANNEL_SECRETS[kind].includes(name);
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  const of = (wanted: boolean) => Object.fromEntries(entries.filter(([name]) => secret(name) === wanted));
  return { kind, settings: of(false), secret_sealed: vault.seal(JSON.stringify(of(true)), PURPOSE) };
}
