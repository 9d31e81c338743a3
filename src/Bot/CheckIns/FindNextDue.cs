using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Tells what the clock will do next over all loops and running workshops.</summary>
public sealed class FindNextDue(BotDb db)
{
    public async Task<Upcoming?> NextAsync(CancellationToken ct) =>
        new[] { await StepAsync(ct), await WorkshopAsync(ct) }.OfType<Upcoming>().MinBy(u => u.At);

    private async Task<Upcoming?> WorkshopAsync(CancellationToken ct)
    {
        var next = await (
            from workshop in db.Workshops
            join initiative in db.Initiatives on workshop.InitiativeId equals initiative.Id
            join person in db.People on workshop.StartedBy equals person.Id
            where workshop.NextAt != null
            orderby workshop.NextAt
            select new { workshop.Part, At = workshop.NextAt!.Value, initiative.Name, person.TimeZone }).FirstOrDefaultAsync(ct);
        return next is null ? null : new Upcoming(
            next.Part + 1 < WorkshopParts.Count ? $"workshop: {WorkshopParts.Title(next.Part + 1)}" : "end of the workshop", next.Name, next.At, next.TimeZone ?? "Etc/UTC");
    }

    private async Task<Upcoming?> StepAsync(CancellationToken ct)
    {
        var next = await (
            from step in db.RoundSteps
            join round in db.Rounds on step.RoundId equals round.Id
            join loop in db.Loops on round.LoopId equals loop.Id
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            where step.State == StepState.Due && loop.PausedAt == null
            orderby step.DueAt
            select new { step.Step, step.DueAt, initiative.Name, loop.Slot.Zone, loop.Asynchronous }).FirstOrDefaultAsync(ct);
        return next is null ? null : new Upcoming(Name(next.Step, next.Asynchronous), next.Name, next.DueAt, next.Zone);
    }

    private static string Name(Step step, bool asynchronous) => step switch
    {
        Step.Open => "check-in opens",
        Step.Remind => "reminder",
        Step.Review => "review",
        Step.Struggles => "review: struggles",
        Step.Drift => "review: drift",
        Step.Adapt => "review: adapt",
        _ => asynchronous ? "digest" : "end of the review",
    };
}
