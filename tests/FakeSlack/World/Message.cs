using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>A message in a channel or direct chat.</summary>
public sealed class Message
{
    private readonly Dictionary<string, FormState> _typed = [];

    internal Message(string ts, Channel channel, string author)
    {
        Ts = ts;
        Channel = channel;
        Author = author;
    }

    /// <summary>Its id within its channel.</summary>
    public string Ts { get; }

    public Channel Channel { get; }

    /// <summary>The user id of who wrote it; of the app's messages, the bot user's.</summary>
    public string Author { get; }

    /// <summary>Null for what people write.</summary>
    public string? BotId { get; init; }

    public string? ThreadTs { get; init; }

    /// <summary>The only person who sees it; null when everybody in the channel does.</summary>
    public string? OnlyFor { get; init; }

    public string Text { get; internal set; } = "";

    public JsonArray Blocks { get; internal set; } = [];

    public bool IsDeleted { get; internal set; }

    /// <summary>How often it was changed.</summary>
    public int Edits { get; internal set; }

    /// <summary>Everything a reader finds in it: the text, and every text in its blocks.</summary>
    public string Words => string.Join('\n', [Text, .. BlockTree.Texts(Blocks)]);

    public override string ToString() => Words;

    internal FormState TypedBy(string userId)
    {
        if (!_typed.TryGetValue(userId, out var state))
        {
            _typed[userId] = state = new FormState();
        }

        state.Follow(Blocks);
        return state;
    }

    internal JsonObject Show(string teamId, string appId)
    {
        var shown = new JsonObject { ["type"] = "message", ["user"] = Author, ["ts"] = Ts, ["text"] = Text, ["team"] = teamId };
        if (BotId is not null)
        {
            shown["bot_id"] = BotId;
            shown["app_id"] = appId;
        }

        if (Blocks.Count > 0)
        {
            shown["blocks"] = Blocks.DeepClone();
        }

        if (ThreadTs is not null)
        {
            shown["thread_ts"] = ThreadTs;
        }

        if (Edits > 0)
        {
            shown["edited"] = new JsonObject { ["user"] = BotId ?? Author, ["ts"] = Ts };
        }

        return shown;
    }
}
