/**
 * Words of mail servers, told apart by what they are about. They are compared with what {@link plainWords} leaves.
 * A refusal that fits a line of `otherMatters` is never taken for a bad mailbox, whatever else it says: a customer who
 * is written to once too often is a nuisance, one who is never written to again because of our own fault is lost.
 */

/** What a reply says, on one line, in lower case, without its codes and without the names that it quotes. */
export function plainWords(reply: string): string {
  return withoutCodes(reply)
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\S+@\S+/g, ' ')
    .replaceAll(/\b[\w-]+(?:\.[\w-]+)+\b/g, ' ')
    .replaceAll(/in (?:the )?relay recipient (?:table|maps?)/g, 'in recipient table')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Each line of a reply begins with the reply code, and often with the enhanced one. */
const withoutCodes = (reply: string): string =>
  reply
    .split(/\r?\n/)
    .map((line) => line.replace(/^\d{3}(?:[ -]|$)/, '').replace(/^#?\d\.\d{1,3}\.\d{1,3}\b/, ''))
    .join(' ')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'");

/** What a refusal is about when it is not about the recipient's mailbox; English, and what big providers say elsewhere. */
export const otherMatters: Readonly<Record<string, RegExp>> = {
  relay:
    /\brelay|rcpthosts|not (?:a )?local|not (?:hosted|served|handled)|(?:do(?:es)? not|don't|won't|will not) (?:handle|accept) (?:mail|e-mail|email|messages) for|gateway/,
  sender:
    /\bsender|return.?path|envelope.?from|\bmail from\b|from (?:address|header|domain)|originator|\bcall(?:back|out)\b|backscatter|absender|exp[ée]diteur|[ée]metteur|remitente|mittente|remetente|afzender|nadawc|отправител|发件人|寄件者|送信者|差出人/,
  policy:
    /\bspf\b|\bdkim\b|\bdmarc\b|\barc\b|authenti|authori[sz](?!ation to see it)|\bpolic|prohibit|permission|permitted|not allowed|denied|restrict|administrative|credential|log.?in\b|password|complian|members?.only|private list|moderat/,
  'block list':
    /\b[du]?n?s?rbls?\b|\bdnsbl|\buribl|\bsurbl|(?:block|black|deny|grey|gray|white|allow).?list|reputation|\bblock|\bbanned|(?<!not )\blisted\b|blocage|bloqu|blockier|gesperrt|lista negra|bloccat|geblokkeerd|заблокирован|чёрн|黑名单|ブロック/,
  'our host':
    /\byour (?:ip|ip.?address|host|server|network|domain|mail server|message)\b|\bptr\b|reverse.?dns|\brdns\b|\bhelo\b|\behlo\b|dynamic|residential|\bclient\b/,
  content:
    /spam|\bjunk|phish|\babus|\bbulk\b|unsolicited|virus|malware|infected|attachment|\bcontent|header|suspicious|\burl\b|спам|垃圾|迷惑/,
  quota:
    /quota|\bfull\b|exceed|storage|insufficient|too (?:large|big|many|fast|much|long|quickly)|\bsize\b|out of space|disk|\bvoll\b|überschritten|\bpleine?\b|lleno|\bpien[ao]\b|cheia|\bvol\b|przepełnion|pełn|переполнен|已满|容量|満杯/,
  rate: /\brate\b|throttl|\blimit|volume|frequen|connections?\b|concurren/,
  transport: /\btls\b|\bssl\b|encrypt|certificate|\bdane\b|mta-sts|starttls/,
  trouble:
    /temporar|(?:try|again) later|\bdefer|\bbusy\b|internal|dns (?:error|fail|problem|timeout|lookup)|\bloop|\bhops\b|timed? ?out|configur|unreachable|vorübergehend|temporair|временно|暂时/,
};

/** Names of block lists, which stand in the host names that {@link plainWords} leaves out. */
export const blockListNames =
  /spamhaus|spamcop|barracudacentral|sorbs\.net|uceprotect|abuseat|mailspike|psbl|surriel|invaluement|cloudmark|senderbase|talosintel/i;

/** Wording that says of the mailbox itself that it is not there, or there no more. */
export const badMailbox: readonly RegExp[] = [
  // nobody of the name
  /\b(?:no|not) (?:such|known|existing|a known|a valid) (?:e-?mail )?(?:user|mailbox|mail box|recipient|address(?:ee)?|account|person|alias)\b/,
  /\b(?:user|mailbox|recipient|addressee|account|alias)(?: name)?(?: ["'([]\S+)?(?: is)?(?: currently)? (?:unknown|not known|not found|not present|non-?existent|nonexistent|no longer exists)\b/,
  /\b(?:unknown|nonexistent|non-?existent|invalid) (?:e-?mail )?(?:user|mailbox|recipient|local.?part|account|alias|virtual user)\b/,
  /\b(?:unknown|nonexistent|non-?existent) (?:e-?mail )?address\b|\be-?mail address (?:is )?(?:unknown|not found)\b|\baddress unknown\b/,
  /\b(?:user|mailbox|recipient|address|account|alias|person)\b(?: (?!database|table|domain|server|host|directory|map|mx|record|file)\S+){0,3}? (?:does not exist|doesn't exist|do not exist|not exist|could not be found|cannot be found|was not found)/,
  /\bno (?:mailbox|account|user|one)(?: here)? (?:by|with|of|at|under) (?:that|this) (?:name|address|id)\b|\bno mailbox found\b|\bmailbox here by that name\b/,
  /\bis not (?:a|an) (?:known|valid|active|existing) (?:user|mailbox|recipient|address|account)\b/,
  /\buser (?:doesn't|does not) have an? ?(?:\S+ )?account\b/,
  /\bnot listed in (?:\S+ )*?(?:directory|address book)\b/,
  // there no more
  /\b(?:mailbox|account|user|address)(?: that you tried to reach)?(?: \S+)? (?:is|has been|was) (?:currently )?(?:disabled|inactive|deactivated|closed|deleted|removed|discontinued|no longer (?:active|in use|valid|available))\b/,
  /\b(?:mailbox|account|user|recipient) (?:disabled|inactive|closed|deleted|not active)\b|\binactive (?:user|mailbox|account)\b/,
  /\baddress (?:is )?no longer (?:accepts mail|exists|valid|in use)\b/,
  // elsewhere in the world
  /(?:empf[äa]e?nger|benutzer|postfach|e-?mail-adresse|adresse|konto|mailbox)(?:adresse)?(?: \S+)? (?:ist )?(?:unbekannt|existiert nicht|nicht gefunden|nicht vorhanden)|unbekannter (?:benutzer|empf[äa]e?nger)/,
  /utilisateur (?:inconnu|inexistant)|destinataire (?:inconnu|invalide|inexistant)|bo[îi]te (?:aux lettres )?(?:inconnue|inexistante)|(?:adresse|utilisateur|destinataire)(?: \S+)? n'existe pas/,
  /usuario (?:desconocido|inexistente)|no existe (?:dicha persona|ese usuario|el usuario|el destinatario)|(?:usuario|buz[oó]n|cuenta|destinatario)(?: \S+)? no existe|destinatario desconocido/,
  /utente (?:sconosciuto|inesistente)|casella (?:inesistente|non trovata)|destinatario (?:sconosciuto|inesistente)|indirizzo inesistente/,
  /usu[áa]rio (?:desconhecido|inexistente|n[ãa]o (?:existe|encontrado))|caixa postal (?:inexistente|n[ãa]o existe)|destinat[áa]rio (?:desconhecido|inexistente)/,
  /onbekende (?:gebruiker|ontvanger)|(?:gebruiker|ontvanger)(?: is)? onbekend|(?:mailbox|postvak) bestaat niet/,
  /nie ma takiego u[żz]ytkownika|nieznany (?:u[żz]ytkownik|odbiorca)|brak takiego u[żz]ytkownika|(?:konto|skrzynka|u[żz]ytkownik) nie istnieje/,
  /пользователь (?:не (?:найден|существует)|неизвестен)|нет такого пользователя|(?:почтовый )?ящик не (?:существует|найден)/,
  /(?:用户|用戶|收件人|邮箱|郵箱|账号|帳號|地址)不存在|ユーザーは?が?(?:存在しません|見つかりません)|宛先(?:不明|が見つかりません|が存在しません)/,
];

/** Wording of "slower", in replies that are temporary. */
export const slower =
  /\brate\b|throttl|too (?:many|fast|quickly|frequent|much)|\blimit|exceeded|slow(?:er| down)|volume|concurren|server (?:is )?busy|\bbusy\b|system resources|overload/;

/** Words that make "slower" a matter of the whole connection, whoever the mail is for. */
export const ourConnection =
  /\bconnections?\b|\bsessions?\b|\byour (?:ip|host|server|domain|network|account)\b|\bip\b|server (?:is )?busy|system (?:is )?(?:busy|resources)|overload|\bsender\b|per (?:second|minute|hour|day)/;
