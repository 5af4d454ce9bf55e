/**
 * What the law wants said, in every language the element speaks. The edge says it: it stands in the first answer a page
 * gets, before the element's own words are there, and no page and no tenant can change it.
 */
import { localeOf } from '../../schema/wire/locales.ts'
import type { Locale } from '../../schema/wire/locales.ts'

/** Each holds its placeholder exactly as often as a reader needs the name, and at least once. */
export interface LegalWords {
  /** `{name}`: that this is an AI and not the person (EU AI Act art. 50). */
  readonly disclosure: string
  /** `{name}`: the launcher's accessible name, an imperative, which must say that it is an AI twin. */
  readonly invitation: string
  /** `{brand}`: that this is paid for: an advertisement, by the name the country's authorities expect. */
  readonly sponsor: string
}

const ENGLISH: LegalWords = {
  disclosure: 'You are talking to an AI twin of {name}, not to {name} in person.',
  invitation: 'Talk to the AI twin of {name}',
  sponsor: 'Paid partnership with {brand}',
}

export const LEGAL_WORDS: Readonly<Record<Locale, LegalWords>> = {
  en: ENGLISH,
  es: {
    disclosure: 'Estás hablando con un gemelo de IA de {name}, no con {name} en persona.',
    invitation: 'Habla con el gemelo de IA de {name}',
    sponsor: 'Publicidad: colaboración pagada con {brand}',
  },
  pt: {
    disclosure: 'Você está conversando com um gêmeo de IA de {name}, não com {name} em pessoa.',
    invitation: 'Converse com o gêmeo de IA de {name}',
    sponsor: 'Publicidade: parceria paga com {brand}',
  },
  fr: {
    disclosure: 'Vous parlez à un jumeau IA (intelligence artificielle), et non à {name} en personne.',
    invitation: 'Parlez à {name} (jumeau IA)',
    sponsor: 'Publicité : collaboration commerciale avec {brand}',
  },
  de: {
    disclosure: 'Du sprichst mit einem KI-Zwilling von {name}, nicht mit {name} persönlich.',
    invitation: 'Sprich mit dem KI-Zwilling von {name}',
    sponsor: 'Anzeige: bezahlte Partnerschaft mit {brand}',
  },
  it: {
    disclosure: 'Stai parlando con un gemello IA di {name}, non con {name} di persona.',
    invitation: 'Parla con il gemello IA di {name}',
    sponsor: 'Pubblicità: collaborazione retribuita con {brand}',
  },
  nl: {
    disclosure: 'Je praat met een AI-tweeling van {name}, niet met {name} in persoon.',
    invitation: 'Praat met de AI-tweeling van {name}',
    sponsor: 'Advertentie: betaalde samenwerking met {brand}',
  },
  pl: {
    disclosure: 'Rozmawiasz z bliźniakiem AI osoby {name}, a nie z tą osobą.',
    invitation: 'Porozmawiaj z bliźniakiem AI osoby {name}',
    sponsor: 'Reklama: płatna współpraca z marką {brand}',
  },
  ru: {
    disclosure: 'Вы говорите с ИИ-двойником человека по имени {name}, а не с самим этим человеком.',
    invitation: 'Поговорите с ИИ-двойником человека по имени {name}',
    sponsor: 'Реклама: оплаченное партнёрство с брендом {brand}',
  },
  uk: {
    disclosure: 'Ви розмовляєте зі ШІ-двійником людини на ім’я {name}, а не з самою людиною.',
    invitation: 'Поговоріть зі ШІ-двійником людини на ім’я {name}',
    sponsor: 'Реклама: оплачене партнерство з брендом {brand}',
  },
  cs: {
    disclosure: 'Mluvíte s AI dvojčetem osoby jménem {name}, ne s touto osobou samotnou.',
    invitation: 'Promluvte si s AI dvojčetem osoby jménem {name}',
    sponsor: 'Reklama: placená spolupráce se značkou {brand}',
  },
  sv: {
    disclosure: 'Du pratar med en AI-tvilling av {name}, inte med {name} personligen.',
    invitation: 'Prata med AI-tvillingen av {name}',
    sponsor: 'Reklam: betalt samarbete med {brand}',
  },
  da: {
    disclosure: 'Du taler med en AI-tvilling af {name}, ikke med {name} personligt.',
    invitation: 'Tal med AI-tvillingen af {name}',
    sponsor: 'Reklame: betalt samarbejde med {brand}',
  },
  nb: {
    disclosure: 'Du snakker med en KI-tvilling av {name}, ikke med {name} personlig.',
    invitation: 'Snakk med KI-tvillingen av {name}',
    sponsor: 'Reklame: betalt samarbeid med {brand}',
  },
  fi: {
    disclosure: 'Keskustelet henkilön {name} tekoälykaksosen kanssa, et hänen itsensä kanssa.',
    invitation: 'Keskustele henkilön {name} tekoälykaksosen kanssa',
    sponsor: 'Mainos, kaupallinen yhteistyö: {brand}',
  },
  hu: {
    disclosure: 'Itt {name} MI-ikrével beszélgetsz, nem {name} személyével.',
    invitation: 'Beszélgess {name} MI-ikrével',
    sponsor: 'Hirdetés, fizetett együttműködés: {brand}',
  },
  ro: {
    disclosure: 'Vorbești cu geamănul IA al persoanei {name}, nu cu persoana însăși.',
    invitation: 'Vorbește cu geamănul IA al persoanei {name}',
    sponsor: 'Publicitate: parteneriat plătit cu {brand}',
  },
  el: {
    disclosure: 'Μιλάτε με το δίδυμο τεχνητής νοημοσύνης του προσώπου {name}, όχι με το ίδιο το πρόσωπο.',
    invitation: 'Μιλήστε με το δίδυμο τεχνητής νοημοσύνης του προσώπου {name}',
    sponsor: 'Διαφήμιση: πληρωμένη συνεργασία με {brand}',
  },
  tr: {
    disclosure: '{name} adlı kişinin kendisiyle değil, yapay zekâ ikiziyle konuşuyorsunuz.',
    invitation: '{name} adlı kişinin yapay zekâ ikiziyle konuşun',
    sponsor: 'Reklam: {brand} ile ücretli iş birliği',
  },
  ar: {
    disclosure: 'الحديث هنا مع توأم {name} بالذكاء الاصطناعي، وليس مع {name} شخصيًا.',
    invitation: 'الحديث مع توأم {name} بالذكاء الاصطناعي',
    sponsor: 'إعلان: شراكة مدفوعة مع {brand}',
  },
  he: {
    disclosure: 'השיחה כאן היא עם תאום בינה מלאכותית של {name}, ולא עם {name} באופן אישי.',
    invitation: 'לשוחח עם תאום הבינה המלאכותית של {name}',
    sponsor: 'פרסומת: שיתוף פעולה בתשלום עם {brand}',
  },
  fa: {
    disclosure: 'شما با همزاد هوش مصنوعی {name} گفت‌وگو می‌کنید، نه با خود {name}.',
    invitation: 'با همزاد هوش مصنوعی {name} گفت‌وگو کنید',
    sponsor: 'آگهی: همکاری تجاری با {brand}',
  },
  ur: {
    disclosure: 'آپ {name} کے اے آئی ٹوئن سے بات کر رہے ہیں، خود {name} سے نہیں۔',
    invitation: '{name} کے اے آئی ٹوئن سے بات کریں',
    sponsor: 'اشتہار: {brand} کے ساتھ بامعاوضہ شراکت',
  },
  hi: {
    disclosure: 'आप {name} के AI ट्विन से बात कर रहे हैं, स्वयं {name} से नहीं।',
    invitation: '{name} के AI ट्विन से बात करें',
    sponsor: 'विज्ञापन: {brand} के साथ सशुल्क साझेदारी',
  },
  id: {
    disclosure: 'Anda berbicara dengan kembaran AI {name}, bukan dengan {name} secara langsung.',
    invitation: 'Bicaralah dengan kembaran AI {name}',
    sponsor: 'Iklan: kemitraan berbayar dengan {brand}',
  },
  vi: {
    disclosure: 'Bạn đang trò chuyện với bản sao AI của {name}, không phải với chính {name}.',
    invitation: 'Trò chuyện với bản sao AI của {name}',
    sponsor: 'Quảng cáo: hợp tác có trả phí với {brand}',
  },
  th: {
    disclosure: 'คุณกำลังสนทนากับฝาแฝด AI ของ {name} ไม่ใช่กับ {name} ตัวจริง',
    invitation: 'สนทนากับฝาแฝด AI ของ {name}',
    sponsor: 'โฆษณา: ความร่วมมือแบบมีค่าตอบแทนกับ {brand}',
  },
  ja: {
    disclosure: 'お話しの相手は{name}のAI分身であり、{name}本人ではありません。',
    invitation: '{name}のAI分身と話しましょう',
    sponsor: '広告：{brand}との有償タイアップ',
  },
  ko: {
    disclosure: '지금 {name}의 AI 트윈과 대화하고 있어요. {name} 본인이 아니에요.',
    invitation: '{name}의 AI 트윈과 대화해 보세요',
    sponsor: '광고: 유료 파트너십, {brand}',
  },
  zh: {
    disclosure: '你正在与 {name} 的 AI 分身对话，而不是与 {name} 本人对话。',
    invitation: '与 {name} 的 AI 分身对话',
    sponsor: '广告：与 {brand} 的付费合作',
  },
}

/** The words for a language tag as somebody wrote it; English where we do not speak it. */
export function legalWords(tag: string): LegalWords {
  const locale = localeOf(tag)
  return locale ? LEGAL_WORDS[locale] : ENGLISH
}
