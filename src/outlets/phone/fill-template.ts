/** What may stand in a provider's template. */
export type TemplateFields = Readonly<
  Record<'phone' | 'text' | 'title' | 'link' | 'id' | 'seconds' | 'secret', string>
>;

/** How a value is written where it stands, so that it ends where it should. */
const WRITE = {
  json: (value: string): string => JSON.stringify(value).slice(1, -1),
  form: encodeURIComponent,
  text: (value: string): string => value.replaceAll(/[\r\n]+/gu, ' '),
  // RFC 9110 §5.5: no line ends, and visible ASCII is what every server reads.
  header: (value: string): string => value.replaceAll(/[^\x20-\x7e]+/gu, (odd) => encodeURIComponent(odd)),
} as const;
export type TemplatePlace = keyof typeof WRITE;

/** Fills `{phone}` and its like; what is no field stays as it stands (JSON has braces of its own). */
export function fillTemplate(template: string, fields: TemplateFields, place: TemplatePlace): string {
  return template.replaceAll(/\{([a-z]+)\}/gu, (whole, name: string) =>
    Object.hasOwn(fields, name) ? WRITE[place](fields[name as keyof TemplateFields]) : whole,
  );
}
