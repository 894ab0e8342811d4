import { AppError, messageOf } from '../kernel/index.ts';

/** What was to go with an email could not be made, or must not be sent, so that nothing was sent. */
export class AttachmentError extends AppError {
  readonly code: 'attachment_failed' | 'attachment_too_large';

  constructor(code: AttachmentError['code'], options: { message: string; help: string; cause?: unknown }) {
    super(options);
    this.code = code;
  }
}

export const attachmentFailed = (type: string, cause: unknown): AttachmentError =>
  new AttachmentError('attachment_failed', {
    message: `what goes with ${type} could not be made: ${messageOf(cause)}`,
    help: 'Mend what it names, then re-drive the dead letter: it is made anew.',
    cause,
  });

export const attachmentsTooLarge = (type: string, bytes: number, maxBytes: number): AttachmentError =>
  new AttachmentError('attachment_too_large', {
    message: `what goes with ${type} has ${bytes} bytes, and ${maxBytes} may be sent`,
    help: 'Raise maxAttachmentBytes if the mail server takes more, then re-drive the dead letter.',
  });
