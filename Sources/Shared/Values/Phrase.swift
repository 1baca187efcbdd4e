/// A sentence for people, in English and in Chinese. Which one is shown is decided where it is
/// printed; headings, keys and rule ids are not phrases, they are English everywhere.
package struct Phrase: Hashable, Sendable {
  package var en: String
  package var zh: String

  package init(_ en: String, _ zh: String) {
    self.en = en
    self.zh = zh
  }

  package func text(_ language: Language) -> String {
    language == .zh ? zh : en
  }
}

/// The language of sentences.
package enum Language: String, Sendable, CaseIterable {
  case en, zh
}
