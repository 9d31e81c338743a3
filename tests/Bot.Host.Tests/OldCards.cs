using Bot.Chat;
using Bot.Delivery;
using Bot.Web.Playground;

namespace Bot.Host.Tests;

/// <summary>Cards of the playground's workspace that are older than the test.</summary>
internal static class OldCards
{
    private static readonly WorkspaceId Local = Id.New<WorkspaceId>(TimeProvider.System);

    /// <summary>With the workspace they are of.</summary>
    public static IEnumerable<object> Of(params OutboxCard[] cards) =>
    [
        new Workspace { Id = Local, Platform = PlaygroundPlatform.PlatformName, ExternalId = PlaygroundPlatform.Workspace.Id, Name = "Playground", AddedAt = TimeProvider.System.GetUtcNow() }, .. cards,
    ];

    /// <summary>Due all the time, and never tried.</summary>
    public static OutboxCard Waiting(string key, int minutes) => new()
    {
        Id = Id.New<OutboxId>(TimeProvider.System), WorkspaceId = Local, Key = key, Card = "{}", CreatedAt = Ago(minutes), NotBefore = Ago(minutes),
    };

    /// <summary>Refused.</summary>
    public static OutboxCard Dead(string key, int minutes, string card = "{}", PersonId? to = null) => new()
    {
        Id = Id.New<OutboxId>(TimeProvider.System), WorkspaceId = Local, Key = key, Card = card, ToPerson = to,
        CreatedAt = Ago(minutes + 1), NotBefore = Ago(minutes + 1), EndedAt = Ago(minutes), State = OutboxState.Dead, LastError = "Refused: invalid_blocks",
    };

    public static Person Somebody(string id) => new() { Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = Local, ExternalId = id, Name = id };

    private static DateTimeOffset Ago(int minutes) => TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
}
