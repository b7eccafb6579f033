/** What a person does to the notes of a report, as pure functions on the list of notes. */
import { Problem } from '../problem';
import type { Anchor, Annotation, Reply } from './annotation';

export type Notes = readonly Annotation[];

/** Where ids, times and names come from. */
export interface Pen {
  /** A new id, unique without asking anyone. */
  newId(): string;
  /** The time now in ISO 8601, UTC. */
  now(): string;
  author(): string;
}

export interface NewNote {
  readonly anchor: Anchor;
  readonly part: string | null;
  readonly body: string;
}

/** What was deleted, with all that is needed to put it back. */
export type Removed =
  | { readonly what: 'note'; readonly note: Annotation }
  | { readonly what: 'reply'; readonly note: string; readonly reply: Reply };

function written(body: string): string {
  const text = body.trim();
  if (text === '') throw new Problem('annotation.empty');
  return text;
}

/** @throws Problem `annotation.unknown`. */
export function findNote(notes: Notes, id: string): Annotation {
  const note = notes.find((other) => other.id === id);
  if (!note) throw new Problem('annotation.unknown');
  return note;
}

function findReply(note: Annotation, id: string): Reply {
  const reply = note.replies.find((other) => other.id === id);
  if (!reply) throw new Problem('annotation.unknown');
  return reply;
}

function replace(notes: Notes, changed: Annotation): Notes {
  findNote(notes, changed.id);
  return notes.map((note) => (note.id === changed.id ? changed : note));
}

/** @throws Problem `annotation.empty`. */
export function newNote({ anchor, part, body }: NewNote, pen: Pen): Annotation {
  const text = written(body);
  const now = pen.now();
  return {
    id: pen.newId(),
    part,
    kind: 'note',
    anchor,
    body: text,
    author: pen.author(),
    created: now,
    modified: now,
    resolved: false,
    replies: [],
  };
}

/** @throws Problem `annotation.empty`. */
export function newReply(body: string, pen: Pen): Reply {
  const text = written(body);
  const now = pen.now();
  return { id: pen.newId(), body: text, author: pen.author(), created: now, modified: now };
}

export function addNote(notes: Notes, note: Annotation): Notes {
  return [...notes.filter((other) => other.id !== note.id), note];
}

/** @throws Problem `annotation.empty`, `annotation.unknown`. */
export function editNote(notes: Notes, id: string, body: string, pen: Pen): Notes {
  const note = findNote(notes, id);
  const text = written(body);
  return text === note.body ? notes : replace(notes, { ...note, body: text, modified: pen.now() });
}

/** @throws Problem `annotation.unknown`. */
export function resolveNote(notes: Notes, id: string, resolved: boolean, pen: Pen): Notes {
  const note = findNote(notes, id);
  return note.resolved === resolved ? notes : replace(notes, { ...note, resolved, modified: pen.now() });
}

/** @throws Problem `annotation.unknown`. */
export function removeNote(notes: Notes, id: string): { readonly notes: Notes; readonly removed: Removed } {
  const note = findNote(notes, id);
  return { notes: notes.filter((other) => other !== note), removed: { what: 'note', note } };
}

/** @throws Problem `annotation.unknown`. */
export function addReply(notes: Notes, id: string, reply: Reply): Notes {
  const note = findNote(notes, id);
  return replace(notes, { ...note, replies: [...note.replies.filter((other) => other.id !== reply.id), reply] });
}

/** @throws Problem `annotation.empty`, `annotation.unknown`. */
export function editReply(notes: Notes, id: string, replyId: string, body: string, pen: Pen): Notes {
  const note = findNote(notes, id);
  const reply = findReply(note, replyId);
  const text = written(body);
  if (text === reply.body) return notes;
  const changed: Reply = { ...reply, body: text, modified: pen.now() };
  return replace(notes, { ...note, replies: note.replies.map((other) => (other === reply ? changed : other)) });
}

/** @throws Problem `annotation.unknown`. */
export function removeReply(
  notes: Notes,
  id: string,
  replyId: string,
): { readonly notes: Notes; readonly removed: Removed } {
  const note = findNote(notes, id);
  const reply = findReply(note, replyId);
  const kept = { ...note, replies: note.replies.filter((other) => other !== reply) };
  return { notes: replace(notes, kept), removed: { what: 'reply', note: id, reply } };
}

/**
 * Puts back what was deleted; what is there already stays as it is.
 * @throws Problem `annotation.unknown` when the note of a reply is gone.
 */
export function restore(notes: Notes, removed: Removed): Notes {
  if (removed.what === 'note') {
    return notes.some((note) => note.id === removed.note.id) ? notes : [...notes, removed.note];
  }
  const note = findNote(notes, removed.note);
  return note.replies.some((reply) => reply.id === removed.reply.id) ? notes : addReply(notes, note.id, removed.reply);
}

/** The notes with new anchors for some of them, by id; unknown ids are passed over. */
export function withAnchors(notes: Notes, anchors: ReadonlyMap<string, Anchor>): Notes {
  return notes.map((note) => {
    const anchor = anchors.get(note.id);
    return anchor ? { ...note, anchor: { ...note.anchor, ...anchor } } : note;
  });
}
