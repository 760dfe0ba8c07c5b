//! The invoice and the credit note on paper: everything comes from the record, nothing is added up.
//!
//! The sheet belongs to the business: one colour of its own, and Comptoir is not named. Start
//! reading at [`InvoiceSheet`]; the parts stand in the order of the page: `head`, `lines`,
//! `totals`, `closing`.

use crate::format::{amount, money};
use crate::{
    About, Color, DocumentError, Face, Flow, FontFiles, Fonts, Language, Length, Margins, Page,
    Style, svg, write,
};
use assets::Assets;
use einvoice::{Invoice, TypeCode};
use words::Words;

mod closing;
mod epc;
mod head;
mod lines;
mod printable;
mod totals;
mod words;

/// How an invoice is printed: all that the record does not say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvoiceStyle {
    /// What it is written in; texts of the record stay as they are.
    pub language: Language,
    /// The business's own colour; one that cannot be read on white (contrast below 4.5) is ink.
    pub accent: Option<Color>,
    /// Whether it is not issued yet. One without a number is a draft in any case.
    pub draft: bool,
}

/// What every invoice is printed with: faces and words, read once and kept by the caller.
pub struct Stationery {
    files: FontFiles,
    french: Words,
    english: Words,
}

impl Stationery {
    /// Reads faces and words from the assets.
    pub fn load(assets: &Assets) -> Result<Stationery, DocumentError> {
        Ok(Stationery {
            files: FontFiles::load(assets)?,
            french: Words::load(assets, Language::French)?,
            english: Words::load(assets, Language::English)?,
        })
    }

    fn words(&self, language: Language) -> &Words {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

/// An invoice laid out on A4.
pub struct InvoiceSheet<'a> {
    fonts: Fonts<'a>,
    pages: Vec<Page>,
    title: String,
    author: String,
    style: InvoiceStyle,
    day: values::Day,
    words: &'a Words,
}

impl<'a> InvoiceSheet<'a> {
    /// Lays a record out. Refuses a character that no font can show, naming it and its term.
    pub fn new(
        stationery: &'a Stationery,
        invoice: &Invoice,
        style: &InvoiceStyle,
    ) -> Result<InvoiceSheet<'a>, DocumentError> {
        let fonts = Fonts::parse(&stationery.files)?;
        printable::check(&fonts, invoice)?;
        let words = stationery.words(style.language);
        let paper = Paper::new(invoice, style, words);
        let pages = paper.pages(&fonts);
        printable::check_pages(&pages)?;
        Ok(InvoiceSheet {
            fonts,
            pages,
            title: paper.title(),
            author: invoice.seller.name.clone(),
            style: *style,
            day: invoice.issue_day,
            words,
        })
    }

    /// The pages, at least one.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The bytes of the PDF, dated at the day of issue; the same record gives the same bytes.
    /// `application` is the program and its version, which the file names as its maker.
    pub fn pdf(&self, application: &str) -> Result<Vec<u8>, DocumentError> {
        let about = About {
            title: self.title.clone(),
            author: self.author.clone(),
            application: application.to_owned(),
            day: self.day,
            language: self.style.language,
        };
        write(&self.fonts, &self.pages, &about)
    }

    /// A picture of each page, for a screen that has the faces.
    pub fn svg(&self) -> Vec<String> {
        let picture = |(place, page): (usize, &Page)| {
            let number = self.words.number_of_page(place + 1, self.pages.len());
            svg(&self.fonts, page, &format!("{}, {number}", self.title))
        };
        self.pages.iter().enumerate().map(picture).collect()
    }
}

/// An invoice as the bytes of a PDF, in one step.
pub fn invoice_pdf(
    stationery: &Stationery,
    invoice: &Invoice,
    style: &InvoiceStyle,
    application: &str,
) -> Result<Vec<u8>, DocumentError> {
    InvoiceSheet::new(stationery, invoice, style)?.pdf(application)
}

const BODY: Style = Style::new(Face::Regular, Length(8_300), Color::INK);
const STRONG: Style = BODY.in_face(Face::SemiBold);
const MINOR: Style = Style::new(Face::Regular, Length(7_800), Color::INK2);
const LABEL: Style = Style::new(Face::Regular, Length(7_100), Color::INK3);
/// From line to line.
const PITCH: Length = Length(11_500);
/// From the edges of the sheet: 15 mm.
const SIDE: Length = Length(42_520);

/// A record being drawn, with what is decided once for all its parts.
struct Paper<'a> {
    invoice: &'a Invoice,
    words: &'a Words,
    language: Language,
    accent: Color,
    draft: bool,
    credit: bool,
    /// Whether no line bears tax (category E): then no column speaks of it.
    exempt: bool,
}

impl<'a> Paper<'a> {
    fn new(invoice: &'a Invoice, style: &InvoiceStyle, words: &'a Words) -> Paper<'a> {
        let groups = &invoice.breakdown;
        Paper {
            invoice,
            words,
            language: style.language,
            accent: style.accent.map_or(Color::INK, Color::or_ink),
            draft: style.draft || invoice.number.is_empty(),
            credit: invoice.type_code == TypeCode::CreditNote,
            exempt: !groups.is_empty() && groups.iter().all(|group| group.category == "E"),
        }
    }

    fn pages(&self, fonts: &Fonts<'_>) -> Vec<Page> {
        let legal = closing::legal_lines(self, fonts);
        let margins = Margins {
            left: SIDE,
            right: SIDE,
            top: Length(46_900),
            bottom: closing::foot_height(&legal),
        };
        let running = (self.title(), self.invoice.seller.name.clone());
        let mut flow = Flow::new(fonts, (Length::A4_WIDTH, Length::A4_HEIGHT), margins, running);
        head::draw(self, &mut flow);
        let totals = totals::Totals::of(self, fonts);
        let closing = closing::Closing::of(self, fonts, flow.right() - flow.left());
        // The last page is never the account alone: two lines and the totals come with it.
        lines::draw(self, &mut flow, totals.height() + closing.height());
        totals.draw(self, &mut flow);
        closing.draw(self, &mut flow);
        flow.finish(|sheet, number, count| {
            closing::foot(self, fonts, sheet, &legal, (number, count));
        })
    }

    /// What it is.
    fn kind(&self) -> &'a str {
        if self.credit { &self.words.head.credit_note } else { &self.words.head.invoice }
    }

    /// What it is, and its number or that it is a draft.
    fn title(&self) -> String {
        match self.invoice.number.as_str() {
            "" => format!("{} · {}", self.kind(), self.words.head.draft),
            number => format!("{} {number}", self.kind()),
        }
    }

    /// An amount with its currency.
    fn money(&self, minor: i64) -> String {
        money(minor, self.invoice.currency, self.language)
    }

    /// An amount alone.
    fn amount(&self, minor: i64) -> String {
        amount(minor, self.invoice.currency.exponent(), self.language)
    }
}

#[cfg(test)]
mod tests;
