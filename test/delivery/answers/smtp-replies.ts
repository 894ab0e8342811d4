import type { SmtpStage } from '../../../src/delivery/channels/smtp-answer.ts';
import { badMailboxes } from './bad-mailboxes.ts';
import { type KnownReply, replyAt } from './known-reply.ts';

const dead = replyAt('recipient', 'dead letter');
const deadAtSender = replyAt('sender', 'dead letter');
const deadAtEnd = replyAt('data', 'dead letter');
const deadAtLogin = replyAt('login', 'dead letter');
const later = replyAt('recipient', 'tried later');
const slower = replyAt('recipient', 'slower');
const relayLater = (stage: SmtpStage) => replyAt(stage, 'tried later (relay)');
const relaySlower = (stage: SmtpStage) => replyAt(stage, 'slower (relay)');

/** About us, our relay, our reputation or this mail: nothing is wrong with the mailbox. */
const ourOwnFaults: readonly KnownReply[] = [
  dead('a relay', '550 relay not permitted'),
  dead('a relay', '550 5.1.1 <kim@example.com>: Relay access denied'),
  dead('Postfix', '554 5.7.1 <kim@example.com>: Relay access denied'),
  dead('sendmail', '550 5.7.1 <kim@example.com>... Relaying denied'),
  dead('Exchange', '550 5.7.1 Unable to relay for kim@example.com'),
  dead('Exchange', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'),
  dead('qmail', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
  dead('qmail', "553 sorry, that domain isn't in my list of allowed rcpthosts"),
  dead('a mail host', '551 User not local. We do not relay'),
  dead('a mail host', '551 User not local; please try <kim@elsewhere.example>'),
  dead(
    'MailEnable',
    '503 This mail server requires authentication when attempting to send to a non-local e-mail address.',
  ),
  dead('Exim', '550 Sender verify failed'),
  dead(
    'Exim',
    '550-Verification failed for <orders@shop.example>\n550-No Such User Here\n550 Sender verify failed',
  ),
  dead(
    'Exim',
    '550-Callback setup failed while verifying <orders@shop.example>\n550 (result of an earlier callout reused)',
  ),
  dead('Postfix', '550 5.1.8 <orders@shop.example>: Sender address rejected: Domain not found'),
  dead(
    'Postfix',
    '550 5.1.1 <orders@shop.example>: Sender address rejected: User unknown in virtual alias table',
  ),
  dead('Postfix', '550 5.1.0 <orders@shop.example>: Sender address rejected: User unknown'),
  dead('a mail host', '550 Sender address rejected: User unknown'),
  dead('a mail host', '550 5.1.1 <orders@shop.example>: User unknown'),
  dead('a German host', '550 Absender unbekannt: Benutzer unbekannt'),
  dead('Spamhaus', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org'),
  dead('Spamhaus', '550 5.1.1 User unknown; see https://www.spamhaus.org/query/ip/192.0.2.1'),
  dead('a block list', '550 192.0.2.1 is in an RBL, see https://rbl.example/192.0.2.1'),
  dead('a block list', '550 5.7.1 Your server is listed at bl.spamcop.net'),
  dead(
    'Barracuda',
    '554 Service unavailable; Client host blocked by Barracuda Reputation, see b.barracudacentral.org',
  ),
  dead(
    'Outlook',
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
  ),
  dead('Exchange Online', '550 5.7.1 Service unavailable, user unknown'),
  dead('Exchange Online', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'),
  dead('Exchange Online', '550 5.7.606 Access denied, banned sending IP [192.0.2.1]'),
  dead('Exchange Online', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'),
  dead('a server that contradicts itself', '550 5.1.1 mailbox unknown (#5.7.1)'),
  dead('Yandex', '550 5.7.1 No such user!'),
  dead('a server in trouble', '550 user database does not exist'),
  dead('a server that contradicts itself', '550 4.1.1 user unknown'),
  dead('SPF', '550 5.7.23 The message was rejected because of Sender Policy Framework violation'),
  dead('SPF', '550 SPF check failed: domain of shop.example does not designate 192.0.2.1 as permitted'),
  deadAtEnd(
    'Gmail',
    '550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n550 5.7.26 - gsmtp',
  ),
  deadAtEnd('DMARC', '550 5.7.1 Email rejected per DMARC policy for shop.example'),
  deadAtEnd('DKIM', '550 DKIM signature did not verify'),
  deadAtEnd('a filter', '554 5.7.1 Message rejected as spam by Content Filtering'),
  deadAtEnd('a filter', '550 This message was classified as SPAM and may not be delivered'),
  deadAtEnd('a filter', '554 Your message contains a virus: Eicar-Test-Signature'),
  deadAtEnd('a server', '552 5.3.4 Message size exceeds fixed limit'),
  deadAtEnd('a server', '552 Message too large'),
  deadAtEnd('Yahoo', '554 Message not allowed - [PH01] Email not accepted for policy reasons.'),
  deadAtEnd('a server', '554 5.5.1 Error: no valid recipients'),
  dead('a full mailbox', '552 5.2.2 The email account that you tried to reach is over quota'),
  dead('a full mailbox', '550 Mailbox full'),
  dead('a full mailbox', '554 Mailbox disk quota exceeded: user not found in spool'),
  dead('a full mailbox', '550 Postfach voll'),
  dead(
    'Gmail',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
  ),
  dead('a greylist', '550 Greylisted: unknown user combination'),
  dead('TLS', '530 5.7.0 Must issue a STARTTLS command first'),
  dead('TLS', '550 TLS required for this recipient'),
  dead('a provider', '550 Administrative prohibition'),
  dead('a provider', '530 5.7.0 Authentication required'),
  dead('a mailing list', '550 5.7.1 <list@example.com>: you are not allowed to post to this mailing list'),
  dead('Mimecast', '550 Rejected by header based anti-spoofing policy'),
  deadAtSender('a mail host', '550 5.1.1 <orders@shop.example>: User unknown'),
  deadAtSender('a mail host', '550 No such user here'),
  deadAtSender('a mail host', '553 5.1.8 Domain of sender address does not exist'),
  deadAtLogin('a submission host', '535 5.7.8 Error: authentication failed'),
  deadAtLogin('a submission host', '535 User unknown'),
];

/** They may mean the mailbox, or not. */
const unsure: readonly KnownReply[] = [
  dead('RFC 5321', '550 Mailbox unavailable'),
  dead('RFC 5321', '550 Requested action not taken: mailbox unavailable'),
  dead('Outlook', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'),
  dead('Cisco', '550 #5.1.0 Address rejected.'),
  dead('a mail host', '550 Recipient address rejected'),
  dead('a mail host', '550 Rejected'),
  dead('a mail host', '550'),
  dead('a mail host', '553 mailbox name not allowed'),
  dead('a mail host', '554 Transaction failed'),
  dead('Exim', '550 Unrouteable address'),
  dead('a mail host', '550 5.1.4 Ambiguous address'),
  dead('a mail host in words that nobody here reads', '550 ไม่สามารถส่งได้'),
];

const forNow: readonly KnownReply[] = [
  later(
    'Postgrey',
    '450 4.2.0 <kim@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/',
  ),
  later('a greylist', '451 4.7.1 Greylisting in action, please come back later'),
  later('a full mailbox', '452 4.2.2 The email account that you tried to reach is over quota'),
  later('a full mailbox', '452 4.2.2 Mailbox full, quota exceeded'),
  later('Postfix', '450 4.1.1 <kim@example.com>: Recipient address rejected: unverified address'),
  later('Postfix', '450 4.1.2 <kim@example.con>: Recipient address rejected: Domain not found'),
  later('a server', '451 4.3.0 Temporary lookup failure'),
  replyAt('data', 'tried later')('a full mailbox', '452 4.2.2 Mailbox full'),
  relayLater('data')('a server', '451 4.3.0 Error: queue file write error'),
  relayLater('login')(
    'a submission host',
    '454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
  ),
  slower(
    'Gmail',
    '450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.',
  ),
  slower(
    'Gmail',
    '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
  ),
  slower('a server', '452 4.5.3 Too many recipients'),
  relaySlower('connection')(
    'Gmail',
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
  ),
  relaySlower('recipient')('Gmail', '421 4.7.0 Temporary System Problem. Try again later'),
  relaySlower('connection')(
    'Yahoo',
    '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints',
  ),
  relaySlower('sender')(
    'Outlook',
    '451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation.',
  ),
  relaySlower('recipient')('Comcast', '452 4.1.0 Throttled: too many connections from your host'),
  relaySlower('sender')('sendmail', '452 4.3.2 Connection rate limit exceeded.'),
  relaySlower('sender')('Postfix', '450 4.7.1 Error: too much mail from 192.0.2.1'),
  relaySlower('connection')('Postfix', '421 4.7.0 mx.example.com Error: too many connections from 192.0.2.1'),
  relaySlower('data')('Amazon SES', '454 Throttling failure: Maximum sending rate exceeded.'),
];

export const knownReplies: readonly KnownReply[] = [...badMailboxes, ...ourOwnFaults, ...unsure, ...forNow];
