const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Two digits and a power of ten for numbers that are nearly nothing, such as 1.2 · 10⁻⁷; zero is 0. */
export function tiny(value: number): string {
  if (value === 0) return '0';
  const [digits = '', power = '0'] = value.toExponential(1).split('e');
  const raised = [...power.replace('+', '')].map((c) => (c === '-' ? '⁻' : (SUPERSCRIPTS[Number(c)] ?? c))).join('');
  return `${digits} · 10${raised}`;
}
