using System.Security.Cryptography;
using System.Text;
using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Readiness;

/// <summary>Puts the next step of a dimension into the plan, unless it is open there already.</summary>
public sealed class AdoptNextStep(BotDb db, InitiativePeople people, PlanCards plan, PostWorkshop workshop, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "readiness.adopt";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var parts = key.Split(':');
        var (initiative, refusal) = await people.FindAsync(asked, parts[0], ct);
        if (initiative is null || parts.Length != 2 || !DimensionAdvice.All.Any(d => d.ToString() == parts[1]))
        {
            return initiative is null ? refusal : Notice.Whisper(cards, "This step is from an earlier release. Type `/pilot diagnose scores` again.");
        }

        var (it, advice) = (initiative.Initiative.Id, DimensionAdvice.Of(Enum.Parse<ReadinessDimension>(parts[1])));
        var same = await db.PlanItems.Where(p => p.InitiativeId == it && p.Text == advice.NextStep).ToListAsync(ct);
        if (same.Exists(p => p.DoneAt is null))
        {
            return new Reply.Whisper(await plan.OfAsync(asked, initiative, "This step is in the plan already.", ct));
        }

        db.PlanItems.Add(new PlanItem
        {
            Id = IdOf(key, same.Count), WorkspaceId = asked.Workspace.Id, InitiativeId = it, Kind = advice.Kind, Text = advice.NextStep, By = asked.By.Id, CreatedAt = clock.GetUtcNow(),
        });
        await workshop.AgainAsync(it, ct);
        return new Reply.Whisper(await plan.OfAsync(asked, initiative, "Added. It has no name and no day yet.", ct));
    }

    /// <summary>Made of what it is, so that of two who press at the same moment only one can be saved.</summary>
    private static PlanItemId IdOf(string key, int earlier) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}:{earlier}")).AsSpan(0, 16)));
}
