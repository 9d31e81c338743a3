using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>The three parts of the workshop: fifteen minutes each.</summary>
public static class WorkshopParts
{
    public const int Count = 3;
    public static readonly TimeSpan Each = TimeSpan.FromMinutes(15);

    /// <summary>The part that runs so long after the start; <see cref="Count"/> when all are over.</summary>
    public static int At(TimeSpan since) => (int)Math.Clamp(since / Each, 0, Count);

    public static string Title(int part) => part switch
    {
        0 => "1. The outcome in one sentence",
        1 => "2. Who owns it in production",
        _ => "3. What would have to be true",
    };

    public static string Ask(int part) => part switch
    {
        0 => "What will it cause, for whom, by when? Fill the four blanks together; what nobody can fill stays open.",
        1 => "Who is accountable for whether anyone uses it? One name, and not the builder's.",
        _ => "What would have to be true for ten real users to rely on it next month? Add each thing to the plan.",
    };
}

/// <summary><c>/pilot workshop</c>: starts the 45-minute exercise in this channel.</summary>
public sealed class StartWorkshop(BotDb db, FindInitiative find, InitiativePeople people, PostWorkshop post, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) => find.OneAsync(asked, arguments, initiative => StartAsync(asked, initiative, ct), ct);

    private async Task<Reply> StartAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct)
    {
        if (!await people.TakesPartAsync(asked, initiative, ct))
        {
            return people.NotTakingPart(initiative);
        }

        if (asked.In is not { } channel)
        {
            return Notice.Whisper(cards, $"The workshop is held in a channel, with the people who use it. Type `/pilot workshop {initiative.Initiative.Name}` there.");
        }

        var id = initiative.Initiative.Id;
        var earlier = await db.Workshops.Where(w => w.InitiativeId == id).ToListAsync(ct);
        if (earlier.Find(w => w.EndedAt is null) is { } running)
        {
            var place = await db.Channels.FindAsync([running.ChannelId], ct);
            return Notice.Whisper(cards,
                $"A workshop on {initiative.Initiative.Name} is running in {place!.Label} since {Say.Time(running.StartedAt, InitiativePeople.Zone(asked.By, initiative))}.");
        }

        var now = clock.GetUtcNow();
        var workshop = new Workshop
        {
            Id = Id.New<WorkshopId>(clock), WorkspaceId = asked.Workspace.Id, InitiativeId = id, ChannelId = channel.Id, StartedBy = asked.By.Id, StartedAt = now,
            NextAt = now + WorkshopParts.Each,
        };
        db.Workshops.Add(workshop);
        await post.StartAsync(workshop, earlier.Count, ct);
        return new Reply.Silence();
    }
}

/// <summary>Ends the workshop before its time.</summary>
public sealed class EndWorkshop(BotDb db, InitiativePeople people, PostWorkshop post, CardBook cards) : IActionHandler
{
    public const string Action = "workshop.end";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (Id.Parse<WorkshopId>(key) is not { } id
            || await db.Workshops.FirstOrDefaultAsync(w => w.Id == id && w.WorkspaceId == asked.Workspace.Id, ct) is not { } workshop)
        {
            return Notice.Whisper(cards, "This workshop is not known here any more.");
        }

        var (initiative, refusal) = await people.FindAsync(asked, workshop.InitiativeId.ToString(), ct);
        if (initiative is null)
        {
            return refusal;
        }

        if (workshop.EndedAt is not null)
        {
            return Notice.Whisper(cards, "This workshop is over; what came of it is below.");
        }

        await post.EndAsync(workshop, ct);
        return new Reply.Silence();
    }
}
