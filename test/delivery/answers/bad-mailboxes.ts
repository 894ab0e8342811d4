import { type KnownReply, replyAt } from './known-reply.ts';

const gone = replyAt('recipient', 'suppressed');
const goneAtEnd = replyAt('data', 'suppressed');

/** The mailbox is not there, or there no more. */
export const badMailboxes: readonly KnownReply[] = [
  gone(
    'Postfix',
    '550 5.1.1 <kim@example.com>: Recipient address rejected: User unknown in local recipient table',
  ),
  gone(
    'Postfix',
    '550 5.1.1 <kim@example.com>: Recipient address rejected: User unknown in relay recipient table',
  ),
  gone(
    'Postfix',
    '550 5.1.1 <kim@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
  ),
  gone('Postfix', '550 <kim@example.com>: Recipient address rejected: User unknown in local recipient table'),
  gone(
    'Gmail',
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550-5.1.1 unnecessary spaces. For more information, go to\n550 5.1.1 https://support.google.com/mail/?p=NoSuchUser x1-2002 - gsmtp",
  ),
  gone(
    'Gmail',
    '550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser - gsmtp',
  ),
  gone(
    'Gmail',
    '553 5.1.3 The recipient address <kim@@example.com> is not a valid RFC 5321 address. - gsmtp',
  ),
  gone(
    'Exchange Online',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient kim@example.com not found by SMTP address lookup',
  ),
  gone('Exchange', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'),
  gone('Exchange', '550 5.1.1 User unknown'),
  gone('iCloud', '550 5.1.1 <kim@example.com>: user does not exist'),
  gone('AOL', '550 5.1.1 <kim@example.com>: Recipient address rejected: example.com'),
  gone('sendmail', '550 5.1.1 <kim@example.com>... User unknown'),
  gone('sendmail', '553 5.3.0 <kim@example.com>... No such user here'),
  gone('sendmail', '550 5.1.2 <kim@example.con>... Host unknown (Name server: example.con.: host not found)'),
  gone('Exim', '550 No Such User Here'),
  gone('cPanel', '550 No such user here'),
  gone('Exim', '550 Unknown user'),
  gone('qmail', '550 sorry, no mailbox here by that name (#5.1.1 - chkuser)'),
  gone('qmail-ldap', '554 Sorry, no mailbox here by that name. (#5.1.1)'),
  gone('vpopmail', '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)'),
  gone('Lotus Domino', '550 kim@example.com... No such user'),
  gone('Lotus Domino', '550 5.1.1 User kim (kim@example.com) not listed in Domino Directory'),
  gone('MDaemon', '550 <kim@example.com>, Recipient unknown'),
  gone('MailEnable', '550 Requested action not taken: mailbox not found'),
  gone('hMailServer', '550 Unknown user'),
  gone(
    'mail.ru',
    '550 Message was not accepted -- invalid mailbox. Local mailbox kim@example.com is unavailable: user not found',
  ),
  gone('Yandex', '550 No such user!'),
  gone(
    'GMX',
    '550 Requested action not taken: mailbox unavailable\n550 For explanation visit https://postmaster.gmx.net: user does not exist',
  ),
  gone('Orange', '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416'),
  gone('Free', '550 5.1.1 <kim@example.com>: Recipient address rejected: Utilisateur inconnu'),
  gone('Laposte', "550 L'adresse kim@example.com n'existe pas"),
  gone('a German host', '550 Unbekannter Empfänger'),
  gone('a German host', '550 Postfach existiert nicht'),
  gone('a Spanish host', '550 No existe dicha persona'),
  gone('an Italian host', '550 Utente sconosciuto'),
  gone('a Brazilian host', '550 Usuário inexistente'),
  gone('a Dutch host', '550 Onbekende gebruiker'),
  gone('WP.pl', '550 Nie ma takiego użytkownika'),
  gone('a Russian host', '550 Нет такого пользователя'),
  gone('QQ', '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&id=20022&no=1000728'),
  gone('a Chinese host', '550 用户不存在'),
  gone('NetEase', '550 User not found: kim@example.com'),
  gone(
    'a null MX',
    '550 5.1.10 <kim@example.com>: Recipient address rejected: Domain example.com does not accept mail (nullMX)',
  ),
  gone(
    'Cyrus',
    '550-Mailbox unknown.  Either there is no mailbox associated with this\n550-name or you do not have authorization to see it.\n550 5.1.1 User unknown',
  ),
  gone('a mail host', '550 User "kim" not found'),
  gone('a closed account', '550 5.2.1 Mailbox disabled, not accepting messages'),
  gone('a closed account', '550 This account has been deactivated'),
  gone('a mailbox that has moved', '551 5.1.6 Recipient no longer on server'),
  goneAtEnd(
    'Yahoo',
    "554 delivery error: dd This user doesn't have a yahoo.com account (kim@yahoo.com) [0] - mta1234.mail.ne1.yahoo.com",
  ),
  goneAtEnd('LMTP behind DATA', "550 5.1.1 <kim@example.com> User doesn't exist: kim@example.com"),
];
