import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { v5 as nameBased } from 'uuid';
import { course } from './course.ts';

/** Of the ids that are made here. */
const certificates = '3a0c7a5e-53a2-4d5c-9d5e-0f0a4b7c6d21';

export interface Certificate {
  readonly certificateId: string;
  readonly learnerId: string;
  /** ISO 8601. */
  readonly completedAt: string;
}

/** The same for the same learner and course: a certificate that is issued again is the same one. */
export const certificateOf = (learnerId: string, completedAt: string): Certificate => ({
  certificateId: nameBased(`${course.id} ${learnerId}`, certificates),
  learnerId,
  completedAt,
});

/** What pdfkit keeps of a font that every reader has: parsed metrics, beside whose it is. */
interface StandardFont {
  readonly document: unknown;
}

/** Where pdfkit looks for a font before it makes one; its types leave these members out. */
interface FontHolder {
  readonly _font: StandardFont;
  readonly _fontFamilies: Record<string, StandardFont>;
  _fontCount: number;
}

const fontName = 'Helvetica';
/** Of a document that has nothing in it. Its metrics take longer to parse than the rest of a certificate takes to print. */
let model: StandardFont | undefined;

/** Loaded for the first one. */
const pdfkit = (): typeof PDFDocument => createRequire(import.meta.url)('pdfkit') as typeof PDFDocument;

/** An empty document with its font, whose metrics it shares with all others. */
function documentWith(options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument {
  const Document = pdfkit();
  model ??= (new Document({ font: fontName }) as unknown as FontHolder)._font;
  // Its types ask for a name; with none, it makes no font.
  const document = new Document({ ...options, font: '' });
  const holder = document as unknown as FontHolder;
  const font = Object.assign(Object.create(Object.getPrototypeOf(model)), model, { document });
  holder._fontFamilies[fontName] = font;
  holder._fontCount = 1;
  return document.font(fontName);
}

/**
 * As a PDF, of which the same certificate gives the same bytes: pdfkit makes the document's id of its date and title.
 * Synchronous; pdfkit is loaded for the first one.
 */
export function pdfOf({ certificateId, learnerId, completedAt }: Certificate): Uint8Array {
  const title = `${course.title}: ${learnerId}`;
  const document = documentWith({
    size: 'A4',
    layout: 'landscape',
    margin: 72,
    // Five lines of text.
    compress: false,
    info: { Title: title, Author: course.school.name, CreationDate: new Date(completedAt) },
  });
  const centred = { align: 'center' } as const;
  document.fontSize(14).text(course.school.name, centred).moveDown(3);
  document.fontSize(32).text(learnerId, centred).moveDown();
  document.fontSize(16).text(`has completed the course “${course.title}”`, centred).moveDown();
  document.text(`on ${completedAt.slice(0, 10)}`, centred).moveDown(4);
  document.fontSize(10).text(certificateId, centred);
  document.end();
  return new Uint8Array(document.read());
}

export const digestOf = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex');

/** Who signs certificates: Ed25519, so that the same file has the same signature. */
export interface Signer {
  readonly publicKey: KeyObject;
  /** In base64. */
  sign(file: Uint8Array): string;
}

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param seed 32 bytes, which whoever has them can sign with. */
export function signerOf(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  return {
    publicKey: createPublicKey(key),
    sign: (file) => sign(null, file, key).toString('base64'),
  };
}

/** Everybody knows it: nothing that is signed with it is worth anything outside of this flow. */
export const sampleSigner = (): Signer => signerOf(new Uint8Array(32).fill(7));

/** Whether the file is as it was signed; the public key is enough to know. */
export const isGenuine = (file: Uint8Array, signature: string, publicKey: KeyObject): boolean =>
  verify(null, file, publicKey, Buffer.from(signature, 'base64'));
