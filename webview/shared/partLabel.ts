/** How a part is written for people: `7b` becomes `7 (b)`; what is not a part id stays as it is. */
export function partLabel(id: string): string {
  const [, question, letters] = /^(\d+)([a-z]+)$/i.exec(id) ?? [];
  return question === undefined || letters === undefined ? id : `${question} (${letters})`;
}
