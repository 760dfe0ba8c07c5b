//! Help and errors of use in the person's language: the parser's own English is replaced.

use crate::arguments::Arguments;
use api::{App, Language, Sentences};
use clap::{Command, CommandFactory};
use std::process::ExitCode;

/// Parses again with localised words, only to tell what is wrong or to show help.
pub(crate) fn tell(app: &App, words: &[String]) -> ExitCode {
    let command = localised(Arguments::command(), app.sentences(), "comptoir");
    match command.try_get_matches_from(words) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            let code = error.exit_code();
            let _ = error.print();
            ExitCode::from(u8::try_from(code).unwrap_or(2))
        }
    }
}

/// `--language` as it stands among words that could not be parsed.
pub(crate) fn asked(words: &[String]) -> Option<Language> {
    let value = words.iter().enumerate().find_map(|(at, word)| {
        word.strip_prefix("--language=")
            .or_else(|| (word == "--language").then(|| words.get(at + 1).map(String::as_str))?)
    })?;
    match value {
        "fr" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn localised(mut command: Command, sentences: &Sentences, path: &str) -> Command {
    let name = path.rsplit('.').next().unwrap_or(path);
    let about = sentences
        .find(&format!("cli.command_of.{path}"), &[])
        .or_else(|| sentences.find(&format!("cli.command.{name}"), &[]));
    if let Some(about) = about {
        command = command.about(about);
    }
    let say = |key: &str| sentences.say(&format!("cli.help.{key}"), &[]);
    command = command
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n", say("usage")))
        .subcommand_help_heading(say("commands"))
        .next_help_heading(say("options"))
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help(say("help")),
        );
    if name == "comptoir" {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(say("version")),
        );
    }
    let arguments: Vec<(String, bool)> = command
        .get_arguments()
        .map(|one| (one.get_id().to_string(), one.is_positional()))
        .collect();
    for (id, positional) in arguments {
        let heading = say(if positional { "arguments" } else { "options" });
        let text = sentences
            .find(&format!("cli.argument_of.{name}.{id}"), &[])
            .or_else(|| sentences.find(&format!("cli.argument.{id}"), &[]));
        command = command.mut_arg(&id, |argument| {
            let argument = argument.help_heading(heading);
            match text {
                Some(text) => argument.help(text),
                None => argument,
            }
        });
    }
    let names: Vec<String> =
        command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for name in names {
        // What is asked of several things (list, show) has words of its own under each.
        let below = if path == "comptoir" { name.clone() } else { format!("{path}.{name}") };
        command = command.mut_subcommand(&name, |one| localised(one, sentences, &below));
    }
    command
}
