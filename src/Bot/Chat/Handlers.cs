using System.Collections.Frozen;

namespace Bot.Chat;

/// <summary>Who asks, and where: the event's names looked up in the store.</summary>
/// <param name="In">Null in a personal chat.</param>
/// <param name="On">The message whose card was pressed, if any.</param>
public sealed record Asked(Workspace Workspace, Person By, Channel? In, MessageRef? On);

/// <summary>Answers one <c>/pilot</c> word. Changes what the store tracks and replies; the router saves.</summary>
public interface ICommandHandler
{
    Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct);
}

/// <summary>Answers one button.</summary>
public interface IActionHandler
{
    Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct);
}

/// <summary>Takes one form. What was typed is kept as a draft until it replies with anything but field errors.</summary>
public interface IFormHandler
{
    Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct);
}

/// <summary>A word people can type.</summary>
/// <param name="Arguments">As shown in help, for example <c>[initiative]</c>.</param>
public sealed record CommandWord(string Word, string Arguments, string Does, Type Handler)
{
    /// <summary>Whether it only tells how things are.</summary>
    public bool IsQuestion { get; } = Handler.IsAssignableTo(typeof(IQuestionHandler));
}

/// <summary>A button or form that cards may name as their <c>verb</c>.</summary>
/// <param name="OpensForm">The answer is a form: some platforms must know before the button is pressed.</param>
public sealed record ActionName(string Name, Type Handler, bool IsForm, bool OpensForm);

/// <summary>Everything people can type, press or send; filled by the features' wiring.</summary>
public sealed class Catalogue(IEnumerable<CommandWord> words, IEnumerable<ActionName> actions)
{
    private readonly FrozenDictionary<string, ActionName> _actions = actions.ToFrozenDictionary(a => a.Name);
    private readonly FrozenDictionary<string, CommandWord> _words = words.ToFrozenDictionary(w => w.Word);

    /// <summary>In the order of help.</summary>
    public IReadOnlyList<CommandWord> Words { get; } = [.. words];

    public CommandWord? Word(string word) => _words.GetValueOrDefault(word);

    /// <summary>What was typed: its first word, help where there is none; what that means, if anything; and the rest.</summary>
    public (string Typed, CommandWord? Word, string Arguments) Read(string text)
    {
        var parts = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var typed = parts.Length == 0 ? "help" : parts[0].ToLowerInvariant();
        return (typed, Word(typed), parts.Length > 1 ? parts[1] : "");
    }

    public ActionName? Action(string name) => _actions.GetValueOrDefault(name);
}
