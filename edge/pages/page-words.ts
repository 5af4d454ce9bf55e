/** Our own words on the pages we serve, besides those the law wants: few, so that each language has them all. */
import type { Locale } from '../../schema/wire/locales.ts'

export interface PageWords {
  /** Leads past the header, by keyboard. */
  readonly skip: string
  /** `{name}`: what the picture shows. */
  readonly portrait: string
  /** `{name}`: in a browser that runs no scripts. */
  readonly needsScripts: string
}

/** The words with the person's name in them. */
export function pageWords(language: Locale, name: string): PageWords {
  const { skip, portrait, needsScripts } = PAGE_WORDS[language]
  // By a function, for a name may hold what a replacement text takes for an order.
  return {
    skip,
    portrait: portrait.replaceAll('{name}', () => name),
    needsScripts: needsScripts.replaceAll('{name}', () => name),
  }
}

export const PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  en: {
    skip: 'Skip to the conversation',
    portrait: 'Portrait of {name}',
    needsScripts:
      'Talking with the AI twin of {name} needs JavaScript. Please allow it for this page and load the page again.',
  },
  es: {
    skip: 'Ir a la conversación',
    portrait: 'Retrato de {name}',
    needsScripts:
      'Para hablar con el gemelo de IA de {name} hace falta JavaScript. Permítelo en esta página y vuelve a cargarla.',
  },
  pt: {
    skip: 'Ir para a conversa',
    portrait: 'Retrato de {name}',
    needsScripts: 'Conversar com o gêmeo de IA de {name} requer JavaScript. Permita-o nesta página e recarregue-a.',
  },
  fr: {
    skip: 'Aller à la conversation',
    portrait: 'Portrait de {name}',
    needsScripts:
      'Pour parler avec le jumeau IA de {name}, JavaScript est nécessaire. Autorisez-le sur cette page, puis rechargez-la.',
  },
  de: {
    skip: 'Zum Gespräch springen',
    portrait: 'Porträt von {name}',
    needsScripts:
      'Für ein Gespräch mit dem KI-Zwilling von {name} wird JavaScript gebraucht. Bitte erlauben Sie es für diese Seite und laden Sie sie neu.',
  },
  it: {
    skip: 'Vai alla conversazione',
    portrait: 'Ritratto di {name}',
    needsScripts: 'Per parlare con il gemello IA di {name} serve JavaScript. Consentilo in questa pagina e ricaricala.',
  },
  nl: {
    skip: 'Naar het gesprek',
    portrait: 'Portret van {name}',
    needsScripts:
      'Voor een gesprek met de AI-tweeling van {name} is JavaScript nodig. Sta het toe voor deze pagina en laad haar opnieuw.',
  },
  pl: {
    skip: 'Przejdź do rozmowy',
    portrait: 'Portret: {name}',
    needsScripts:
      'Rozmowa z bliźniakiem AI ({name}) wymaga JavaScriptu. Zezwól na niego na tej stronie i wczytaj ją ponownie.',
  },
  ru: {
    skip: 'Перейти к разговору',
    portrait: 'Портрет: {name}',
    needsScripts:
      'Для разговора с ИИ-двойником ({name}) нужен JavaScript. Разрешите его на этой странице и загрузите её снова.',
  },
  uk: {
    skip: 'Перейти до розмови',
    portrait: 'Портрет: {name}',
    needsScripts:
      'Для розмови зі ШІ-двійником ({name}) потрібен JavaScript. Дозвольте його на цій сторінці та завантажте її знову.',
  },
  cs: {
    skip: 'Přejít na rozhovor',
    portrait: 'Portrét: {name}',
    needsScripts:
      'K rozhovoru s AI dvojčetem ({name}) je potřeba JavaScript. Povolte jej na této stránce a načtěte ji znovu.',
  },
  sv: {
    skip: 'Hoppa till samtalet',
    portrait: 'Porträtt av {name}',
    needsScripts: 'För att prata med {name} som AI-tvilling behövs JavaScript. Tillåt det på sidan och ladda om den.',
  },
  da: {
    skip: 'Gå til samtalen',
    portrait: 'Portræt af {name}',
    needsScripts: 'En samtale med AI-tvillingen af {name} kræver JavaScript. Tillad det på siden, og indlæs den igen.',
  },
  nb: {
    skip: 'Gå til samtalen',
    portrait: 'Portrett av {name}',
    needsScripts:
      'En samtale med AI-tvillingen av {name} krever JavaScript. Tillat det på siden og last den inn på nytt.',
  },
  fi: {
    skip: 'Siirry keskusteluun',
    portrait: 'Muotokuva: {name}',
    needsScripts:
      'Keskustelu tekoälykaksosen ({name}) kanssa vaatii JavaScriptin. Salli se tällä sivulla ja lataa sivu uudelleen.',
  },
  hu: {
    skip: 'Ugrás a beszélgetéshez',
    portrait: '{name} portréja',
    needsScripts:
      '{name} MI-ikertestvérével való beszélgetéshez JavaScript szükséges. Engedélyezze ezen az oldalon, majd töltse be újra.',
  },
  ro: {
    skip: 'Mergi la conversație',
    portrait: 'Portret: {name}',
    needsScripts:
      'Conversația cu geamănul AI al lui {name} are nevoie de JavaScript. Permiteți-l pe această pagină și reîncărcați-o.',
  },
  el: {
    skip: 'Μετάβαση στη συνομιλία',
    portrait: 'Πορτρέτο: {name}',
    needsScripts:
      'Η συνομιλία με το δίδυμο AI ({name}) χρειάζεται JavaScript. Επιτρέψτε την σε αυτή τη σελίδα και φορτώστε την ξανά.',
  },
  tr: {
    skip: 'Sohbete geç',
    portrait: '{name} portresi',
    needsScripts:
      '{name} adına konuşan yapay zekâ ikiziyle sohbet için JavaScript gerekir. Bu sayfada izin verin ve sayfayı yeniden yükleyin.',
  },
  ar: {
    skip: 'الانتقال إلى المحادثة',
    portrait: 'صورة {name}',
    needsScripts: 'تحتاج المحادثة مع توأم الذكاء الاصطناعي {name} إلى JavaScript. اسمح به في هذه الصفحة ثم أعد تحميلها.',
  },
  he: {
    skip: 'מעבר לשיחה',
    portrait: 'דיוקן של {name}',
    needsScripts: 'לשיחה עם תאום הבינה המלאכותית של {name} נדרש JavaScript. יש לאפשר אותו בדף הזה ולטעון את הדף מחדש.',
  },
  fa: {
    skip: 'رفتن به گفت‌وگو',
    portrait: 'تصویر {name}',
    needsScripts:
      'گفت‌وگو با همزاد هوش مصنوعی {name} به JavaScript نیاز دارد. آن را در این صفحه مجاز کنید و صفحه را دوباره بار کنید.',
  },
  ur: {
    skip: 'گفتگو پر جائیں',
    portrait: '{name} کی تصویر',
    needsScripts:
      '{name} کے مصنوعی ذہانت والے جڑواں سے گفتگو کے لیے JavaScript درکار ہے۔ اس صفحے پر اس کی اجازت دیں اور صفحہ دوبارہ کھولیں۔',
  },
  hi: {
    skip: 'बातचीत पर जाएँ',
    portrait: '{name} का चित्र',
    needsScripts: '{name} के एआई जुड़वाँ से बात करने के लिए JavaScript चाहिए। इस पृष्ठ पर इसकी अनुमति दें और पृष्ठ फिर से लोड करें।',
  },
  id: {
    skip: 'Lompat ke percakapan',
    portrait: 'Potret {name}',
    needsScripts:
      'Berbicara dengan kembaran AI {name} memerlukan JavaScript. Izinkan di halaman ini, lalu muat ulang halaman.',
  },
  vi: {
    skip: 'Chuyển đến cuộc trò chuyện',
    portrait: 'Chân dung {name}',
    needsScripts:
      'Trò chuyện với bản sao AI của {name} cần JavaScript. Hãy cho phép nó trên trang này rồi tải lại trang.',
  },
  th: {
    skip: 'ข้ามไปยังการสนทนา',
    portrait: 'ภาพของ {name}',
    needsScripts: 'การสนทนากับแฝด AI ของ {name} ต้องใช้ JavaScript โปรดอนุญาตให้หน้านี้ใช้ แล้วโหลดหน้านี้อีกครั้ง',
  },
  ja: {
    skip: '会話へ移動',
    portrait: '{name}の肖像',
    needsScripts:
      '{name}のAIツインとの会話にはJavaScriptが必要です。このページで許可してから、再読み込みしてください。',
  },
  ko: {
    skip: '대화로 건너뛰기',
    portrait: '{name}의 초상',
    needsScripts: '{name}의 AI 트윈과 대화하려면 JavaScript가 필요합니다. 이 페이지에서 허용한 뒤 다시 불러오세요.',
  },
  zh: {
    skip: '跳到对话',
    portrait: '{name}的肖像',
    needsScripts: '与{name}的AI分身对话需要JavaScript。请在此页面上允许它，然后重新加载页面。',
  },
}
