//! The types of the calls as the interface sees them, written from the list itself.

use crate::failure::Failure;
use crate::host::Event;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str =
    "// Written by `cargo test -p api` from crates/api/src/calls.rs. Never edited by hand.\n";

/// Declarations gathered from the calls.
pub(crate) struct Types {
    config: Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
    calls: String,
}

impl Default for Types {
    fn default() -> Types {
        // Amounts and ids stay within 2^53: a number is exact.
        let config = Config::new().with_large_int("number");
        Types { config, seen: HashSet::new(), declared: BTreeMap::new(), calls: String::new() }
    }
}

impl Types {
    pub(crate) fn call<Request: TS + 'static, Answer: TS + 'static>(
        &mut self,
        name: &str,
        kind: &str,
    ) {
        self.declare::<Request>();
        self.declare::<Answer>();
        let (request, answer) = (Request::name(&self.config), Answer::name(&self.config));
        // Writing into a String cannot fail.
        let _ = writeln!(
            self.calls,
            "  {name}: {{ kind: \"{kind}\"; params: {request}; result: {answer} }};"
        );
    }

    fn declare<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // A list or an option has no declaration of its own.
        if T::output_path().is_some() {
            self.declared.insert(T::name(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }

    pub(crate) fn write(mut self) -> String {
        self.declare::<Failure>();
        self.declare::<Event>();
        let mut text = HEAD.to_owned();
        for declaration in self.declared.values() {
            let _ = write!(text, "\nexport {declaration}\n");
        }
        let _ = write!(text, "\nexport type Calls = {{\n{}}};\n", self.calls);
        text
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}
