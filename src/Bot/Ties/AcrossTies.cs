using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Ties;

/// <summary>The other loop of a tie, as far as it is known on this side.</summary>
/// <param name="Name">"#churn in Acme".</param>
/// <param name="Runs">It is not paused, and the bot is in its channel.</param>
public sealed record OtherPlace(TieId Tie, DateTimeOffset Since, LoopId Loop, WorkspaceId Workspace, ChannelId Channel, string Name, bool Runs)
{
    /// <summary>Neither may have a name of its own where the platform told none.</summary>
    public static string NameOf(Channel channel, Workspace workspace) =>
        $"{(channel.Name is null ? "a channel" : channel.Label)} in {workspace.Name ?? "another workspace"}";
}

/// <summary>
/// The one place where something of another workspace is read, and all of it goes through a tie that is in force: of a loop that is in none, of a
/// tie that has ended and of a workspace that removed the bot nothing is found. Names, counts and shown figures leave it; texts and people do not.
/// </summary>
public sealed class AcrossTies(BotDb db, ReadWeeks weeks)
{
    /// <summary>Null for a loop that is in no tie.</summary>
    public async Task<OtherPlace?> OfAsync(LoopId loop, CancellationToken ct)
    {
        var found = await (
            from mine in db.TieSides
            join theirs in db.TieSides on mine.TieId equals theirs.TieId
            join tie in db.Ties on mine.TieId equals tie.Id
            join other in db.Loops on theirs.LoopId equals other.Id
            join channel in db.Channels on other.ChannelId equals channel.Id
            join workspace in db.Workspaces on theirs.WorkspaceId equals workspace.Id
            join home in db.Workspaces on mine.WorkspaceId equals home.Id
            where mine.LoopId == loop && theirs.LoopId != loop && other.EndedAt == null && workspace.RemovedAt == null && home.RemovedAt == null
            select new { tie, other, channel, workspace }).SingleOrDefaultAsync(ct);
        return found is null ? null : new OtherPlace(
            found.tie.Id, found.tie.Since, found.other.Id, found.workspace.Id, found.channel.Id, OtherPlace.NameOf(found.channel, found.workspace),
            found.other.PausedAt is null && found.channel.GoneAt is null);
    }

    /// <summary>
    /// Whoever of this loop is asked about the week in the other place instead. Each is asked in one of the two, whichever opens first: where they
    /// were asked already, or else where they joined earlier, if that place asks anybody this week.
    /// </summary>
    /// <param name="loop">Whose people.</param>
    /// <param name="date">The review of the week; that of the same ISO week counts in the other place.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlySet<PersonId>> AskedThereAsync(LoopId loop, DateOnly date, CancellationToken ct)
    {
        if (await OfAsync(loop, ct) is not { } there || await MatchesAsync(loop, there, ct) is not { Count: > 0 } matches)
        {
            return new HashSet<PersonId>();
        }

        var theirs = await WeekAsync(there, date, ct);
        var asked = theirs is null or { State: RoundState.Planned } ? [] : (await InvitationsAsync(theirs.Id, ct)).Select(i => i.PersonId).ToHashSet();
        var willAsk = there.Runs && theirs?.State is RoundState.Planned or null && (theirs is not null || await IsInAnEarlierWeekAsync(there, date, ct));
        return matches.Where(m => asked.Contains(m.Theirs) || (willAsk && m.IsAtHomeThere(loop, there.Loop))).Select(m => m.Mine).ToHashSet();
    }

    /// <summary>Whoever of this loop is, week after week, asked in the other place.</summary>
    public async Task<IReadOnlySet<PersonId>> AtHomeThereAsync(LoopId loop, OtherPlace there, CancellationToken ct) => !there.Runs ? new HashSet<PersonId>()
        : (await MatchesAsync(loop, there, ct)).Where(m => m.IsAtHomeThere(loop, there.Loop)).Select(m => m.Mine).ToHashSet();

    /// <summary>Tells somebody whom a loop leaves to the other place where they are asked; null when there is no such loop.</summary>
    /// <param name="workspace">Theirs.</param>
    /// <param name="person">Who.</param>
    /// <param name="named">Part of the initiative's name; empty for any.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<string?> WhereAskedAsync(WorkspaceId workspace, PersonId person, string named, CancellationToken ct)
    {
        var tied = await (
            from fingerprint in db.Fingerprints
            join loop in db.Loops on fingerprint.LoopId equals loop.Id
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            where fingerprint.PersonId == person && fingerprint.Hash != null && loop.WorkspaceId == workspace
            select new { loop.Id, initiative.Name }).ToListAsync(ct);
        foreach (var mine in tied.Where(t => t.Name.Contains(named, StringComparison.OrdinalIgnoreCase)))
        {
            if (await OfAsync(mine.Id, ct) is { } there && (await AtHomeThereAsync(mine.Id, there, ct)).Contains(person))
            {
                return $"About {mine.Name} you are asked in {there.Name}, and your answer counts there. The check-in comes to you in that chat.";
            }
        }

        return null;
    }

    /// <summary>How many take part in both.</summary>
    public async Task<int> InBothAsync(LoopId loop, OtherPlace there, CancellationToken ct) =>
        (await MatchesAsync(loop, there, ct)).Where(m => m.TakesPartThere).Select(m => m.Mine).Distinct().Count();

    /// <summary>Both places' week as one, each person counted once; null where the loop is in no tie, and for weeks reviewed before it.</summary>
    public async Task<WeekTogether?> WeekTogetherAsync(Round round, WeekFigures figures, CancellationToken ct)
    {
        if (round.Imported || await OfAsync(round.LoopId, ct) is not { } there)
        {
            return null;
        }

        var week = await WeekAsync(there, round.ReviewDate, ct);
        // What was reviewed before both agreed stays where it was.
        if (round.ReviewAt < there.Since || week?.ReviewAt < there.Since)
        {
            return null;
        }

        if (week is not { State: not (RoundState.Planned or RoundState.Skipped) } theirs)
        {
            return new WeekTogether(there.Name, WeekThere.NotAsked, 0, 0, null);
        }

        var same = (await MatchesAsync(round.LoopId, there, ct)).GroupBy(m => m.Theirs).ToDictionary(g => g.Key, g => g.First().Mine);
        var mine = await InvitationsAsync(round.Id, ct);
        var others = (await InvitationsAsync(theirs.Id, ct)).Select(i => (PersonId: same.GetValueOrDefault(i.PersonId, i.PersonId), i.HasAnswered)).ToList();
        var people = mine.Concat(others).GroupBy(i => i.PersonId).ToList();
        // Who answered in both is in both means; taking them out of one would show, as a difference of figures, what they said.
        var answeredTwice = people.Exists(p => p.Count(i => i.HasAnswered) > 1);
        return new WeekTogether(
            there.Name, theirs.State == RoundState.Closed ? WeekThere.Closed : WeekThere.Open, people.Count, people.Count(p => p.Any(i => i.HasAnswered)),
            answeredTwice ? null : WeekTogether.MeanOf(figures, await weeks.FiguresAsync(theirs, ct)));
    }

    /// <summary>The other place's closed week whose digest says, in figures of both, how this one went; null when there is none to bring up to date.</summary>
    public async Task<RoundInHand?> ToldOfAsync(Round round, CancellationToken ct) =>
        await OfAsync(round.LoopId, ct) is { } there && await WeekAsync(there, round.ReviewDate, ct) is { State: RoundState.Closed, Sealed: false } theirs
            ? (await RoundInHand.LoadAsync(db, [theirs.Id], ct)).Single() : null;

    /// <summary>What a code offers; null unless it is in force, who made it may still offer it, and the loop was not tied meanwhile.</summary>
    public async Task<(TieOffer Offer, Loop Loop, Channel Channel, Workspace Workspace)?> OfferedAsync(string code, DateTimeOffset now, CancellationToken ct)
    {
        var hash = TieCode.Hash(code);
        var found = await (
            from offer in db.TieOffers
            join loop in db.Loops on offer.LoopId equals loop.Id
            join channel in db.Channels on loop.ChannelId equals channel.Id
            join workspace in db.Workspaces on offer.WorkspaceId equals workspace.Id
            join maker in db.People on offer.By equals maker.Id
            where offer.Hash == hash && offer.ExpiresAt > now && loop.EndedAt == null && workspace.RemovedAt == null && maker.IsAdmin && maker.GoneAt == null
                && !db.TieSides.Any(s => s.LoopId == offer.LoopId)
            select new { offer, loop, channel, workspace }).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.offer, found.loop, found.channel, found.workspace);
    }

    private async Task<List<Match>> MatchesAsync(LoopId loop, OtherPlace there, CancellationToken ct)
    {
        var (tie, other) = (there.Tie, there.Loop);
        var rows = await (
            from mine in db.Fingerprints
            join theirs in db.Fingerprints on mine.Hash equals theirs.Hash
            join here in db.Participants on new { mine.LoopId, mine.PersonId } equals new { here.LoopId, here.PersonId }
            join their in db.Participants on new { theirs.LoopId, theirs.PersonId } equals new { their.LoopId, their.PersonId }
            join person in db.People on theirs.PersonId equals person.Id
            where mine.TieId == tie && theirs.TieId == tie && mine.LoopId == loop && theirs.LoopId == other && mine.Hash != null
            select new
            {
                Mine = mine.PersonId, Theirs = theirs.PersonId, here.Since, SinceThere = their.Since,
                TakesPartThere = their.LeftAt == null && their.Role != Role.Observer && person.GoneAt == null,
            }).ToListAsync(ct);
        return rows.ConvertAll(r => new Match(r.Mine, r.Theirs, r.Since, r.SinceThere, r.TakesPartThere));
    }

    /// <summary>The other loop's round of the same ISO week. As tracked: another of this batch may have just opened or closed it.</summary>
    private async Task<Round?> WeekAsync(OtherPlace there, DateOnly date, CancellationToken ct)
    {
        var (loop, monday) = (there.Loop, Say.Monday(date));
        var after = monday.AddDays(7);
        await db.Rounds.Where(r => r.LoopId == loop && r.ReviewDate >= monday && r.ReviewDate < after && !r.Imported).LoadAsync(ct);
        // A week left out and its replacement may share an ISO week: what somebody is asked in goes before what nobody is.
        return db.Rounds.Local.Where(r => r.LoopId == loop && r.ReviewDate >= monday && r.ReviewDate < after && !r.Imported)
            .OrderBy(r => r.State == RoundState.Skipped).ThenByDescending(r => r.State).FirstOrDefault();
    }

    /// <summary>Its week before is still under way, so that this one is not planned yet.</summary>
    private async Task<bool> IsInAnEarlierWeekAsync(OtherPlace there, DateOnly date, CancellationToken ct)
    {
        var (loop, monday) = (there.Loop, Say.Monday(date));
        return await db.Rounds.AnyAsync(r => r.LoopId == loop && r.ReviewDate < monday && (r.State == RoundState.Planned || r.State == RoundState.Collecting || r.State == RoundState.InReview), ct);
    }

    private async Task<List<(PersonId PersonId, bool HasAnswered)>> InvitationsAsync(RoundId round, CancellationToken ct)
    {
        await db.Invitations.Where(i => i.RoundId == round).LoadAsync(ct);
        return [.. db.Invitations.Local.Where(i => i.RoundId == round).Select(i => (i.PersonId, i.AnsweredAt is not null))];
    }

    /// <summary>Two people of two workspaces who are one.</summary>
    private sealed record Match(PersonId Mine, PersonId Theirs, DateTimeOffset Since, DateTimeOffset SinceThere, bool TakesPartThere)
    {
        /// <summary>They joined there earlier; of two that were joined at once, the loop made first.</summary>
        public bool IsAtHomeThere(LoopId here, LoopId there) =>
            TakesPartThere && (SinceThere, there.Value).CompareTo((Since, here.Value)) < 0;
    }
}
