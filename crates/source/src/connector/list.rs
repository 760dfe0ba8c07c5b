//! The connectors built in, and those of the user's own folder.

use super::Connector;
use assets::{AssetError, Assets};
use statement::feed::{MappingError, MappingFault};

const FOLDER: &str = "connectors/";

/// Every connector there is.
#[derive(Debug, Default)]
pub struct Connectors {
    /// Those that can be used, by id.
    pub list: Vec<Connector>,
    /// Those that cannot, with the reason: a user's own file that is wrong spoils no other.
    pub broken: Vec<BrokenConnector>,
}

/// A connector file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the connector {name} cannot be used")]
pub struct BrokenConnector {
    /// The asset's name.
    pub name: String,
    /// What is wrong with it.
    #[source]
    pub why: BrokenWhy,
}

/// Why a connector file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BrokenWhy {
    /// The file cannot be had.
    #[error("reading it")]
    Asset(#[from] AssetError),
    /// The file is wrong.
    #[error("understanding it")]
    File(#[from] MappingError),
}

impl Connectors {
    /// Lists all files of `connectors/`, built in or the user's own.
    pub fn of(assets: &Assets) -> Connectors {
        let mut found = Connectors::default();
        for name in assets.names(FOLDER) {
            let file = name.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".toml"));
            let Some(stem) = file.filter(|stem| !stem.contains('/')) else { continue };
            match load(assets, &name, stem) {
                Ok(connector) => found.list.push(connector),
                Err(why) => found.broken.push(BrokenConnector { name, why }),
            }
        }
        found
    }

    /// The connector of that id.
    pub fn find(&self, id: &str) -> Option<&Connector> {
        self.list.iter().find(|connector| connector.id == id)
    }
}

fn load(assets: &Assets, name: &str, stem: &str) -> Result<Connector, BrokenWhy> {
    let connector = Connector::read(&assets.text(name)?)?;
    if connector.id != stem {
        let why = MappingFault::Kind("the file's name without .toml");
        return Err(MappingError { path: "id".to_owned(), why }.into());
    }
    Ok(connector)
}
