using System.Text.Json.Nodes;

namespace FakeTeams.Talk;

/// <summary>A message that the bot sent, as its readers see it now.</summary>
public sealed class TeamsMessage
{
    private readonly Dictionary<string, JsonObject> _views = [];

    public required string Id { get; init; }

    /// <summary>The first message of the thread it is in; its own id where it began one, null outside channels.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The activity as it was sent last.</summary>
    public required JsonObject Activity { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The one person who sees it; null for everybody.</summary>
    public string? OnlyFor { get; init; }

    public int Edits { get; internal set; }

    public bool IsDeleted { get; set; }

    public string? Text => (string?)Activity["text"];

    public string? Summary => (string?)Activity["summary"];

    /// <summary>Null for a message without one.</summary>
    public JsonObject? Card => (Activity["attachments"] as JsonArray)?.Select(a => a?["content"]).OfType<JsonObject>().FirstOrDefault();

    /// <summary>What this person sees: the answer to the button they pressed, until the message is edited.</summary>
    public JsonObject? CardFor(TeamsUser reader) => _views.GetValueOrDefault(reader.Id) ?? Card;

    /// <summary>All that this person can read in it.</summary>
    public string WordsFor(TeamsUser reader) => CardFor(reader) is { } card ? CardForm.Words(card) : Text ?? "";

    public void Show(TeamsUser reader, JsonObject card) => _views[reader.Id] = card;

    internal void Edit(JsonObject activity)
    {
        Activity = activity;
        Edits++;
        _views.Clear();
    }
}
