import { type MqttGatewayOptions, PROTOCOL } from './options.ts';
import type { Session } from './session.ts';
import type { MqttRefusal } from './text.ts';

/** MQTT 3.1.1, 3.2.2.3. */
const SERVER_UNAVAILABLE = 3;
const BAD_USER_NAME_OR_PASSWORD = 4;
const NOT_AUTHORIZED = 5;

/** Why a CONNECT is refused, as the broker wants it. */
class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly returnCode: number;

  constructor(message: string, returnCode: number) {
    super(message);
    this.returnCode = returnCode;
  }
}

/**
 * Lets a device in by its access token: as user name alone (as ThingsBoard has it), or as password beside the device's
 * code. Whoever may read comes in by a token of theirs in the same way, to listen. Throws with the return code that the device is told.
 */
export async function signIn(
  options: MqttGatewayOptions,
  session: Session,
  given: { readonly username: string | undefined; readonly password: string | undefined },
): Promise<void> {
  const { username = '', password = '' } = given;
  const pass =
    (password === '' ? undefined : await find(options, session, password, username)) ??
    (await find(options, session, username));
  if (pass === undefined) throw refuse(options, 'bad-credential', BAD_USER_NAME_OR_PASSWORD);
  const { protocol, deviceCode, reader } = pass.credential;
  if (reader !== undefined) {
    session.pass = pass;
    return;
  }
  if (protocol !== PROTOCOL || options.directory.find(PROTOCOL, deviceCode) === undefined)
    throw refuse(options, 'not-mqtt-device', NOT_AUTHORIZED);
  session.pass = pass;
  session.heard(deviceCode);
}

async function find(
  { credentials, log }: MqttGatewayOptions,
  { address }: Session,
  secret: string,
  of?: string,
): Promise<Session['pass']> {
  if (secret === '') return undefined;
  try {
    const credential = await credentials.find(secret, address);
    if (credential === undefined) return undefined;
    const isOther = of !== undefined && credential.reader === undefined && credential.deviceCode !== of;
    if (isOther) return undefined;
    return { secret, credential };
  } catch (error) {
    log(`${PROTOCOL}.sign-in-failed`, { address, error });
    throw new SignInError('the tables do not answer', SERVER_UNAVAILABLE);
  }
}

function refuse({ counters }: MqttGatewayOptions, reason: MqttRefusal, returnCode: number): SignInError {
  counters.framesRefused(PROTOCOL, reason, undefined, 1);
  return new SignInError(reason, returnCode);
}
