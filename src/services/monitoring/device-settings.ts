import type { DeviceSettings } from '#model/monitoring';
import type { Vault } from '#storage';

const PURPOSE = 'device cipher key';

/** Settings as they go into the table: the key of a cipher sealed. */
export function sealSettings(vault: Vault, settings: DeviceSettings): DeviceSettings {
  const { cipher } = settings;
  return cipher === undefined
    ? settings
    : { ...settings, cipher: { ...cipher, key: vault.seal(cipher.key, PURPOSE) } };
}

/** Settings as gateways need them. Throws where the key was sealed with another vault. */
export function openSettings(vault: Vault, settings: DeviceSettings): DeviceSettings {
  const { cipher } = settings;
  return cipher === undefined
    ? settings
    : { ...settings, cipher: { ...cipher, key: vault.open(cipher.key, PURPOSE) } };
}

/** Settings as the audit and people may see them. */
export function maskSettings(settings: DeviceSettings): DeviceSettings {
  const { password, cipher } = settings;
  return {
    ...settings,
    ...(password === undefined ? {} : { password: '***' }),
    ...(cipher === undefined ? {} : { cipher: { ...cipher, key: '***' } }),
  };
}
