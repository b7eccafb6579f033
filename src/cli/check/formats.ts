import type { CheckContext, CheckDocument } from '../../core/check/output/checkResult';

type MakeDocument = (context: CheckContext) => CheckDocument;

/** Each format is loaded when it is asked for: some bring a good deal of code along. */
export const FORMATS = {
  text: async (): Promise<MakeDocument> => (await import('../../core/check/output/plainText')).plainText,
  json: async (): Promise<MakeDocument> => (await import('../../core/check/output/jsonLines')).jsonLines,
  markdown: async (): Promise<MakeDocument> => (await import('../../core/check/output/markdown')).markdown,
  html: async (): Promise<MakeDocument> => (await import('../../core/check/output/html')).html,
  sarif: async (): Promise<MakeDocument> => (await import('../../core/check/output/sarif')).sarif,
  junit: async (): Promise<MakeDocument> => (await import('../../core/check/output/junit')).junit,
};

export type FormatName = keyof typeof FORMATS;
