/** 宿主自带的文字解码：纯函数，只是 ECMAScript 之外，所以在这里写明用到的形状。 */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };

/**
 * 人工置数与版本说明的文字。标准只说“原编码”（6.5.1），现场两种都有：
 * 严格 UTF-8 能解就是 UTF-8（ASCII 也在内），否则按 GB 18030（含 GBK）；都解不开时坏字节写作“�”。
 */
export function manualText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: false }).decode(bytes);
  }
}
