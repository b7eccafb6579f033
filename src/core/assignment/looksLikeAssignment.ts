const BEGINNING = 20_000;

/**
 * Whether a YAML file is meant as an assignment: it is named so, says so for YAML tools, or begins as one. A few
 * expressions over its beginning, since editors ask for every YAML file.
 */
export function looksLikeAssignment(path: string, text: string): boolean {
  if (isNamedAssignment(path)) return true;
  const beginning = text.slice(0, BEGINNING);
  if (namesSchema(beginning)) return true;
  return ['id', 'title', 'questions'].every((key) => new RegExp(`^${key}[ \\t]*:`, 'm').test(beginning));
}

/** Whether tools that know the extension's schema by file name, or by the file's own word, check it too. */
export function isKnownToYamlTools(path: string, text: string): boolean {
  return isNamedAssignment(path) || namesSchema(text.slice(0, BEGINNING));
}

function isNamedAssignment(path: string): boolean {
  return /\.drylab\.ya?ml$/i.test(path);
}

function namesSchema(beginning: string): boolean {
  return /^#\s*yaml-language-server:\s*\$schema=\S*\bassignment\.schema\.json\s*$/m.test(beginning);
}
