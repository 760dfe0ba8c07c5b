//! The data of the law a book lives under: its country's chart, tax codes and bank recipes.

use crate::chart::Chart;
use crate::error::{Code, Error, Result};
use crate::invoicing::InvoiceLaw;
use crate::tax_codes::TaxCodes;
use assets::Assets;
use statement::Recipes;
use std::sync::{Arc, OnceLock};

/// Reads charts and codes from [`Assets`] when first asked; cheap to hold and to clone.
#[derive(Clone)]
pub struct Law(Arc<Inner>);

struct Inner {
    assets: Assets,
    chart: OnceLock<Chart>,
    tax_codes: OnceLock<TaxCodes>,
    recipes: OnceLock<Recipes>,
    invoices: OnceLock<InvoiceLaw>,
}

/// The countries that have a chart.
const COUNTRIES: &[(&str, &str, &str)] = &[("fr", "charts/fr-pcg.csv", "tax-codes/fr.csv")];

impl Law {
    /// The law as the given assets tell it.
    pub fn new(assets: Assets) -> Law {
        Law(Arc::new(Inner {
            assets,
            chart: OnceLock::new(),
            tax_codes: OnceLock::new(),
            recipes: OnceLock::new(),
            invoices: OnceLock::new(),
        }))
    }

    /// The assets themselves.
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// The names of a country's chart and tax codes in `assets/`.
    pub(crate) fn names(country: &str) -> Result<(&'static str, &'static str)> {
        COUNTRIES
            .iter()
            .find(|(code, ..)| *code == country)
            .map(|(_, chart, codes)| (*chart, *codes))
            .ok_or_else(|| Error::refused(Code::UnknownCountry, &[("country", &country)]))
    }

    /// The French chart of accounts, the only one yet.
    pub fn chart(&self) -> Result<&Chart> {
        if let Some(chart) = self.0.chart.get() {
            return Ok(chart);
        }
        let name = COUNTRIES[0].1;
        let text = self.0.assets.text(name).map_err(|why| asset(name, why))?;
        let chart = Chart::read(&text).map_err(|why| asset(name, why))?;
        Ok(self.0.chart.get_or_init(|| chart))
    }

    /// The French tax codes, the only ones yet.
    pub fn tax_codes(&self) -> Result<&TaxCodes> {
        if let Some(codes) = self.0.tax_codes.get() {
            return Ok(codes);
        }
        let name = COUNTRIES[0].2;
        let text = self.0.assets.text(name).map_err(|why| asset(name, why))?;
        let codes = TaxCodes::read(&text).map_err(|why| asset(name, why))?;
        Ok(self.0.tax_codes.get_or_init(|| codes))
    }
}

impl Law {
    /// What French law says of invoices, the only one yet.
    pub fn invoices(&self) -> Result<&InvoiceLaw> {
        if let Some(invoices) = self.0.invoices.get() {
            return Ok(invoices);
        }
        let name = "invoices/fr.toml";
        let text = self.0.assets.text(name).map_err(|why| asset(name, why))?;
        let invoices = InvoiceLaw::read(&text).map_err(|why| asset(name, why))?;
        Ok(self.0.invoices.get_or_init(|| invoices))
    }

    /// The recipes for CSV files.
    pub fn recipes(&self) -> Result<&Recipes> {
        if let Some(recipes) = self.0.recipes.get() {
            return Ok(recipes);
        }
        let recipes = Recipes::load(&self.0.assets).map_err(|why| asset("recipes/", why))?;
        Ok(self.0.recipes.get_or_init(|| recipes))
    }
}

fn asset(name: &str, why: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Asset(name.to_owned(), Box::new(why))
}
