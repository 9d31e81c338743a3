using Bot.Chat;
using Bot.Loops;
using Bot.Web.Playground.Store;

namespace Bot.Web.Playground.Pages;

/// <summary>Everything one person sees at one moment.</summary>
/// <param name="HasChosen">Whether the address names a conversation; if not, a phone shows the list of them.</param>
public sealed record PageView(
    Place Place,
    bool HasChosen,
    IReadOnlyList<PlaygroundPerson> People,
    IReadOnlyList<ConversationLine> Channels,
    ConversationLine Direct,
    TalkView Talk,
    TalkView? Thread,
    ClockView Clock,
    IReadOnlyList<CommandWord> Words,
    IReadOnlyList<PendingForm> Unfinished,
    PendingForm? Form,
    SampleView? Sample)
{
    /// <summary>The window for a new person or channel, where it is open.</summary>
    public NewSheet? New { get; init; }

    public int Unread => Channels.Sum(c => c.Unread) + Direct.Unread;
}

/// <summary>One line of the list of conversations.</summary>
public sealed record ConversationLine(string Id, string Label, int Unread, bool IsShown);

/// <summary>The messages of a conversation or of a thread, oldest first.</summary>
/// <param name="EarlierThan">The oldest one shown when there are older ones still.</param>
public sealed record TalkView(IReadOnlyList<MessageView> Messages, long? EarlierThan);

/// <summary>One message as it is shown.</summary>
/// <param name="From">Null: the bot.</param>
/// <param name="Day">The day, where it begins with this message.</param>
/// <param name="FollowsOn">The same sender a moment ago: the name is not said again.</param>
public sealed record MessageView(PlaygroundMessage Message, PlaygroundPerson? From, string Zone, string? Day, bool FollowsOn, int Replies)
{
    public bool IsOnlyForViewer => Message.VisibleTo is not null;
}

/// <summary>The time it is in the playground, and what comes next.</summary>
public sealed record ClockView(DateTimeOffset Now, string Zone, Upcoming? Next);

/// <param name="IsLoaded">Null when nobody can tell.</param>
public sealed record SampleView(bool? IsLoaded);

/// <summary>The window in which a person or a channel is added.</summary>
public sealed record NewSheet(string Kind, string Name, string Zone, IReadOnlyDictionary<string, string> Errors)
{
    public const string Person = "person";
    public const string Channel = "channel";

    public static NewSheet? Of(string? kind) => kind is Person or Channel ? new NewSheet(kind, "", "", new Dictionary<string, string>()) : null;
}
