/** Our own words on the pages we serve, besides those the law wants: few, so that each language has them all. */
import type { Locale } from '../../schema/wire/locales.ts'

export interface PageWords {
  /** Leads past the header, by keyboard. */
  readonly skip: string
  /** `{name}`: what the picture shows. */
  readonly portrait: string
  /** In a browser that runs no scripts. */
  readonly needsScripts: string
}

/** The words with the person's name in them. */
export function pageWords(language: Locale, name: string): PageWords {
  const words = PAGE_WORDS[language]
  // By a function, for a name may hold what a replacement text takes for an order.
  return { ...words, portrait: words.portrait.replaceAll('{name}', () => name) }
}

export const PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  en: {
    skip: 'Skip to the conversation',
    portrait: 'Portrait of {name}',
    needsScripts: 'This conversation needs JavaScript. Please allow it for this page and load the page again.',
  },
  es: {
    skip: 'Ir a la conversación',
    portrait: 'Retrato de {name}',
    needsScripts: 'Esta conversación necesita JavaScript. Permítelo en esta página y vuelve a cargarla.',
  },
  pt: {
    skip: 'Ir para a conversa',
    portrait: 'Retrato de {name}',
    needsScripts: 'Esta conversa precisa de JavaScript. Permita-o nesta página e recarregue-a.',
  },
  fr: {
    skip: 'Aller à la conversation',
    portrait: 'Portrait : {name}',
    needsScripts: 'Cette conversation a besoin de JavaScript. Autorisez-le sur cette page, puis rechargez-la.',
  },
  de: {
    skip: 'Zum Gespräch springen',
    portrait: 'Porträt von {name}',
    needsScripts: 'Dieses Gespräch braucht JavaScript. Bitte erlaube es für diese Seite und lade sie neu.',
  },
  it: {
    skip: 'Vai alla conversazione',
    portrait: 'Ritratto di {name}',
    needsScripts: 'Questa conversazione richiede JavaScript. Consentilo in questa pagina e ricaricala.',
  },
  nl: {
    skip: 'Naar het gesprek',
    portrait: 'Portret van {name}',
    needsScripts: 'Dit gesprek heeft JavaScript nodig. Sta het toe voor deze pagina en laad haar opnieuw.',
  },
  pl: {
    skip: 'Przejdź do rozmowy',
    portrait: 'Portret: {name}',
    needsScripts: 'Ta rozmowa wymaga JavaScriptu. Zezwól na niego na tej stronie i wczytaj ją ponownie.',
  },
  ru: {
    skip: 'Перейти к разговору',
    portrait: 'Портрет: {name}',
    needsScripts: 'Для этого разговора нужен JavaScript. Разрешите его на этой странице и загрузите её снова.',
  },
  uk: {
    skip: 'Перейти до розмови',
    portrait: 'Портрет: {name}',
    needsScripts: 'Для цієї розмови потрібен JavaScript. Дозвольте його на цій сторінці та завантажте її знову.',
  },
  cs: {
    skip: 'Přejít na rozhovor',
    portrait: 'Portrét: {name}',
    needsScripts: 'Tento rozhovor potřebuje JavaScript. Povolte jej na této stránce a načtěte ji znovu.',
  },
  sv: {
    skip: 'Hoppa till samtalet',
    portrait: 'Porträtt av {name}',
    needsScripts: 'Det här samtalet behöver JavaScript. Tillåt det på sidan och ladda om den.',
  },
  da: {
    skip: 'Gå til samtalen',
    portrait: 'Portræt af {name}',
    needsScripts: 'Denne samtale kræver JavaScript. Tillad det på siden, og indlæs den igen.',
  },
  nb: {
    skip: 'Gå til samtalen',
    portrait: 'Portrett av {name}',
    needsScripts: 'Denne samtalen krever JavaScript. Tillat det på siden og last den inn på nytt.',
  },
  fi: {
    skip: 'Siirry keskusteluun',
    portrait: 'Muotokuva: {name}',
    needsScripts: 'Tämä keskustelu vaatii JavaScriptin. Salli se tällä sivulla ja lataa sivu uudelleen.',
  },
  hu: {
    skip: 'Ugrás a beszélgetéshez',
    portrait: '{name} portréja',
    needsScripts: 'Ehhez a beszélgetéshez JavaScript szükséges. Engedélyezd ezen az oldalon, majd töltsd be újra.',
  },
  ro: {
    skip: 'Mergi la conversație',
    portrait: 'Portret: {name}',
    needsScripts: 'Această conversație are nevoie de JavaScript. Permite-l pe această pagină și reîncarc-o.',
  },
  el: {
    skip: 'Μετάβαση στη συζήτηση',
    portrait: 'Πορτρέτο: {name}',
    needsScripts: 'Αυτή η συνομιλία χρειάζεται JavaScript. Επιτρέψτε την σε αυτή τη σελίδα και φορτώστε την ξανά.',
  },
  tr: {
    skip: 'Sohbete geç',
    portrait: '{name} portresi',
    needsScripts: 'Bu sohbet için JavaScript gerekir. Bu sayfada izin verin ve sayfayı yeniden yükleyin.',
  },
  ar: {
    skip: 'الانتقال إلى المحادثة',
    portrait: 'صورة {name}',
    needsScripts: 'تحتاج هذه المحادثة إلى JavaScript. يُرجى السماح به في هذه الصفحة ثم إعادة تحميلها.',
  },
  he: {
    skip: 'מעבר לשיחה',
    portrait: 'דיוקן של {name}',
    needsScripts: 'לשיחה הזאת נדרש JavaScript. יש לאפשר אותו בדף הזה ולטעון את הדף מחדש.',
  },
  fa: {
    skip: 'رفتن به گفت‌وگو',
    portrait: 'تصویر {name}',
    needsScripts: 'این گفت‌وگو به JavaScript نیاز دارد. آن را در این صفحه مجاز کنید و صفحه را دوباره بار کنید.',
  },
  ur: {
    skip: 'گفتگو پر جائیں',
    portrait: '{name} کی تصویر',
    needsScripts: 'اس گفتگو کے لیے JavaScript درکار ہے۔ اس صفحے پر اس کی اجازت دیں اور صفحہ دوبارہ کھولیں۔',
  },
  hi: {
    skip: 'बातचीत पर जाएँ',
    portrait: '{name} का चित्र',
    needsScripts: 'इस बातचीत के लिए JavaScript चाहिए। इस पृष्ठ पर इसकी अनुमति दें और पृष्ठ फिर से लोड करें।',
  },
  id: {
    skip: 'Lompat ke percakapan',
    portrait: 'Potret {name}',
    needsScripts: 'Percakapan ini memerlukan JavaScript. Izinkan di halaman ini, lalu muat ulang halaman.',
  },
  vi: {
    skip: 'Chuyển đến cuộc trò chuyện',
    portrait: 'Chân dung {name}',
    needsScripts: 'Cuộc trò chuyện này cần JavaScript. Hãy cho phép nó trên trang này rồi tải lại trang.',
  },
  th: {
    skip: 'ข้ามไปยังการสนทนา',
    portrait: 'ภาพของ {name}',
    needsScripts: 'การสนทนานี้ต้องใช้ JavaScript โปรดอนุญาตให้หน้านี้ใช้ แล้วโหลดหน้านี้อีกครั้ง',
  },
  ja: {
    skip: '会話へ移動',
    portrait: '{name}の肖像',
    needsScripts: 'この会話にはJavaScriptが必要です。このページで許可してから、再読み込みしてください。',
  },
  ko: {
    skip: '대화로 건너뛰기',
    portrait: '{name}의 초상',
    needsScripts: '이 대화에는 JavaScript가 필요해요. 이 페이지에서 허용한 뒤 다시 불러오세요.',
  },
  zh: {
    skip: '跳到对话',
    portrait: '{name} 的肖像',
    needsScripts: '此对话需要 JavaScript。请在此页面上允许它，然后重新加载页面。',
  },
}
