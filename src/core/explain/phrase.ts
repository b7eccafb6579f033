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

/** A `unit` is a word of English itself and is translated too; one that is empty takes the space before it along. */
export function sayPhrase({ template, data }: Phrase, translate: Translate): string {
  return translate(template).replace(/( ?)\{(\w+)\}/g, (whole, space: string, key: string) => {
    const value = data[key];
    if (value === undefined) return whole;
    if (key !== 'unit') return `${space}${value}`;
    return value === '' ? '' : `${space}${translate(String(value))}`;
  });
}
