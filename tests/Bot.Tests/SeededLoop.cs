using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Tests;

/// <summary>Loops and weeks put straight into the store, for tests that are not about how they come about.</summary>
internal static class SeededLoop
{
    /// <summary>Thursdays 10:00 in Berlin, owned by Ana, with the coming week planned.</summary>
    public static Task<Loop> SeedLoopAsync(this Product product, string name = "Churn predictor", WeeklySlot? slot = null) => product.UseAsync(async db =>
    {
        var (people, channel) = (db.People.ToDictionary(p => p.ExternalId), db.Channels.Single(c => c.ExternalId == Product.Team));
        var initiative = new Initiative
        {
            Id = Id.New<InitiativeId>(product.Clock), WorkspaceId = channel.WorkspaceId, Name = name, OwnerId = people["ana"].Id, CreatedAt = product.Clock.Now,
        };
        var loop = new Loop
        {
            Id = Id.New<LoopId>(product.Clock), WorkspaceId = channel.WorkspaceId, InitiativeId = initiative.Id, ChannelId = channel.Id,
            Slot = slot ?? WeeklySlot.Default, StartedAt = product.Clock.Now,
        };
        db.AddRange(initiative, loop);
        await new PlanRounds(db, product.Clock).FirstAsync(loop, CancellationToken.None);
        await db.SaveChangesAsync();
        return loop;
    });

    /// <summary>A week of the loop's own, with no answers yet.</summary>
    public static Task<Round> SeedWeekAsync(this Product product, Loop loop, string reviewDate, RoundState state = RoundState.Closed, string? skipped = null) => product.UseAsync(async db =>
    {
        var date = DateOnly.Parse(reviewDate);
        var at = loop.Slot.StartOn(date);
        var round = new Round
        {
            Id = Id.New<RoundId>(product.Clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, ReviewDate = date, State = state, SkippedBecause = skipped,
            OpensAt = at.AddDays(-1), RemindsAt = at.AddHours(-3), ReviewAt = at, ClosesAt = at.AddMinutes(30),
        };
        db.Add(round);
        await db.SaveChangesAsync();
        return round;
    });

    public static Task SeedAsync(this Product product, params object[] rows) => product.UseAsync(async db =>
    {
        db.AddRange(rows);
        await db.SaveChangesAsync();
    });

    public static Task<PersonId> PersonAsync(this Product product, string who) => product.UseAsync(db => Task.FromResult(db.People.Single(p => p.ExternalId == who).Id));
}
