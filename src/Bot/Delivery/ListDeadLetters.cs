using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>Lists the cards that were given up or refused, for whoever operates the host: of all workspaces, and never what is on the cards.</summary>
public sealed class ListDeadLetters(BotDb db)
{
    /// <summary>Those that hold their card still: of what ended because its person, channel or workspace is gone nothing is kept.</summary>
    /// <param name="workspace">The platform's id of one, or ours; null for all.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>In the order in which they would go out.</returns>
    public async Task<IReadOnlyList<DeadLetter>> RunAsync(string? workspace, CancellationToken ct)
    {
        var ours = Id.Parse<WorkspaceId>(workspace);
        return await (
            from card in db.Outbox
            join place in db.Workspaces on card.WorkspaceId equals place.Id
            where card.State == OutboxState.Dead && card.Card != "" && (workspace == null || place.ExternalId == workspace || place.Id == ours)
            orderby card.Id
            select new DeadLetter(card.Id, place.Platform, place.Name ?? place.ExternalId, card.EndedAt!.Value, card.Updates != null, card.Updates ?? card.Key, card.LastError ?? "")).ToListAsync(ct);
    }
}

/// <summary>A card that was not delivered and can be sent again.</summary>
/// <param name="Workspace">Its name, or the platform's id where it has none.</param>
/// <param name="Since">When it was given up or refused.</param>
/// <param name="IsChange">Of a post that is out.</param>
/// <param name="Key">Of the post.</param>
public sealed record DeadLetter(OutboxId Id, PlatformName Platform, string Workspace, DateTimeOffset Since, bool IsChange, string Key, string Why)
{
    /// <summary>For example <c>prompt</c>, or <c>digest, changed</c>.</summary>
    public string Kind => Key.Split(':')[0] + (IsChange ? ", changed" : "");
}
