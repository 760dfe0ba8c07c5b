//! Printed pages: a small page model, tables that break over pages, the tax page and the invoice.
//!
//! Pages are plain data (text, lines, fills in thousandths of a point, origin top left); one
//! module turns them into the bytes of a PDF, another into pictures for a screen. The same input
//! gives the same bytes: the day is handed in, ids are ours, nothing is random. This crate never
//! computes a figure, never reads a book and never draws a character that its fonts lack: a tax
//! page shows a visible box instead, an invoice is refused.
//!
//! Start reading at [`tax_page`], the first page built on the model, and [`InvoiceSheet`]; then
//! [`Flow`] and [`Table`], which new kinds of document are built with, and `pdf`, the only module
//! that knows printpdf.

mod contrast;
mod flow;
mod font;
pub mod format;
mod invoice_page;
mod kerning;
mod length;
mod page;
mod pdf;
mod plain;
mod subset;
mod svg;
mod table;
mod tax_page;
mod words;
mod wrap;

pub use flow::{Flow, Margins};
pub use font::{Face, FontFiles, Fonts};
pub use format::Language;
pub use invoice_page::{InvoiceSheet, InvoiceStyle, Stationery, invoice_pdf};
pub use length::Length;
pub use page::{Align, Color, Mark, Page, PathStep, Style};
pub use pdf::{About, write};
pub use svg::svg;
pub use table::{Cell, Column, Item, Look, Row, Table};
pub use tax_page::{Business, Footer, Section, Source, TaxBox, TaxPage, tax_page};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font is not among the assets.
    #[error("a font of the documents cannot be had")]
    Asset(#[from] assets::AssetError),
    /// A font file is damaged, or lacks what every text needs.
    #[error("the font {0} cannot be used: {1}")]
    Font(&'static str, String),
    /// The printed words of a language are damaged.
    #[error("the printed words of {0} cannot be used: {1}")]
    Words(String, String),
    /// A record holds a character that no face can show, or that cannot be seen.
    #[error("no font has the character {character:?} of {term}")]
    Unprintable {
        /// The character.
        character: char,
        /// The business term that holds it: `BT-44`.
        term: &'static str,
        /// Place of the line from 0, where the term is one of a line.
        line: Option<usize>,
    },
    /// The PDF writer refused.
    #[error("writing the PDF: {0}")]
    Writing(String),
}
