type Attribute = string | number | boolean | undefined;
type Child = Node | string | null | undefined | false;

/**
 * Builds one element; text stays text. `true` sets an empty attribute, `false` and `undefined` none.
 * Styles are set through `style` properties by the caller: the page's policy allows no style attributes.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
  return made;
}
