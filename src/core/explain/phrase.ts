/** A sentence for people that is not yet in their language: an English template and what goes into its braces. */
export interface Phrase {
  readonly template: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Maps an English template to the reader's language. */
export type Translate = (template: string) => string;

export const IN_ENGLISH: Translate = (template) => template;

export function phrase(template: string, data: Phrase['data'] = {}): Phrase {
  return { template, data };
}

export function sayPhrase({ template, data }: Phrase, translate: Translate): string {
  return translate(template).replace(/\{(\w+)\}/g, (whole, key: string) => String(data[key] ?? whole));
}
