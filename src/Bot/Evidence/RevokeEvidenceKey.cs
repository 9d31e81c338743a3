using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Evidence;

/// <summary>Ends a key: what is sent with it from now on is refused, what it brought stays.</summary>
public sealed partial class RevokeEvidenceKey(BotDb db, FindInitiative find, ShowEvidence show, TimeProvider clock, ILogger<RevokeEvidenceKey> log) : IActionHandler
{
    public const string Action = "evidence.revoke";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (Id.Parse<EvidenceKeyId>(key) is not { } id
            || await db.EvidenceKeys.SingleOrDefaultAsync(k => k.Id == id && k.WorkspaceId == asked.Workspace.Id, ct) is not { } found)
        {
            return find.Unknown();
        }

        var (initiative, refusal) = await find.ToSetAsync(asked, found.InitiativeId.ToString(), ct);
        if (initiative is null)
        {
            return refusal;
        }

        if (found.RevokedAt is null)
        {
            found.RevokedAt = clock.GetUtcNow();
            LogRevoked(id, found.InitiativeId, asked.By.Id);
        }

        return new Reply.ReplaceCard(await show.CardAsync(asked, initiative, ct));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Revoked evidence key {Key} of {Initiative} by {Person}")]
    private partial void LogRevoked(EvidenceKeyId key, InitiativeId initiative, PersonId person);
}
