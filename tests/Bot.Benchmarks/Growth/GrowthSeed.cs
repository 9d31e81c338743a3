using System.Buffers.Binary;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks.Growth;

/// <summary>One workspace with many loops and many closed weeks, made without keeping any of it in memory: every id is its table and number.</summary>
internal sealed class GrowthSeed(int loops, int weeks, DateTimeOffset now)
{
    public const int People = 3;
    private static readonly DateOnly Coming = new(2026, 11, 26);
    private static readonly WorkspaceId Workspace = Id<WorkspaceId>(1, 0);

    public static WorkspaceRef Ref { get; } = new(new PlatformName("bench"), "bench", "Bench");

    public static RoundId Planned(int loop) => Round(loop, 0);

    public async Task<long> WriteAsync(BotDb db)
    {
        var rows = await BulkRows.WriteAsync(db, [new Workspace { Id = Workspace, Platform = Ref.Platform, ExternalId = Ref.Id, AddedAt = now }]);
        rows += await BulkRows.WriteAsync(db, Each(EveryPerson).Select(p => new Person { Id = PersonOf(p), WorkspaceId = Workspace, ExternalId = $"p{p.Loop}-{p.Number}", Name = $"Person {p.Loop} {p.Number}", TimeZone = WeeklySlot.Default.Zone }));
        rows += await BulkRows.WriteAsync(db, Loops.Select(l => new Channel { Id = Id<ChannelId>(3, l), WorkspaceId = Workspace, ExternalId = $"c{l}", Kind = ConversationKind.Channel, Name = $"c{l}", MembersReadAt = now }));
        rows += await BulkRows.WriteAsync(db, Each(EveryPerson).Select(p => new ChannelMember { ChannelId = Id<ChannelId>(3, p.Loop), PersonId = PersonOf(p) }));
        rows += await BulkRows.WriteAsync(db, Loops.Select(l => new Initiative { Id = Id<InitiativeId>(4, l), WorkspaceId = Workspace, Name = $"Initiative {l:000000}", OwnerId = PersonOf((l, 0)), CreatedAt = now.AddDays(-7 * weeks) }));
        rows += await BulkRows.WriteAsync(db, Loops.Select(l => new Loop
        {
            Id = Id<LoopId>(5, l), WorkspaceId = Workspace, InitiativeId = Id<InitiativeId>(4, l), ChannelId = Id<ChannelId>(3, l), StartedAt = now.AddDays(-7 * weeks), Slot = WeeklySlot.Default,
        }));
        rows += await BulkRows.WriteAsync(db, Each(EveryPerson).Select(p => new Participant { LoopId = Id<LoopId>(5, p.Loop), PersonId = PersonOf(p), Role = RoleOf(p.Number), Since = now.AddDays(-7 * weeks) }));
        rows += await BulkRows.WriteAsync(db, Each(EveryWeek).Select(w => RoundOf(w.Loop, w.Number)));
        rows += await BulkRows.WriteAsync(db, Loops.SelectMany(StepsOf));
        rows += await BulkRows.WriteAsync(db, Each(PastWeeks).SelectMany(w => Enumerable.Range(0, People).Select(p => new Invitation
        {
            RoundId = Round(w.Loop, w.Number), PersonId = PersonOf((w.Loop, p)), Role = RoleOf(p), AnsweredAt = now.AddDays(-7 * w.Number),
        })));
        return rows + await BulkRows.WriteAsync(db, Each(PastWeeks).SelectMany(w => Enumerable.Range(0, People).Select(p => new Answer
        {
            Id = Id<AnswerId>(9, (((w.Loop * (weeks + 1L)) + w.Number) * People) + p), RoundId = Round(w.Loop, w.Number), PersonId = PersonOf((w.Loop, p)), Rating = 1 + ((w.Loop + w.Number + p) % 5),
            Struggles = (Struggles)(1 << ((w.Number + p) % 8)), Comment = "It took two tries, then it was right.", Drift = DriftSeen.No, At = now.AddDays(-7 * w.Number), Counted = true,
        })));
    }

    private IEnumerable<int> Loops => Enumerable.Range(0, loops);

    private static IEnumerable<int> EveryPerson => Enumerable.Range(0, People);

    private IEnumerable<int> EveryWeek => Enumerable.Range(0, weeks + 1);

    private IEnumerable<int> PastWeeks => Enumerable.Range(1, weeks);

    private IEnumerable<(int Loop, int Number)> Each(IEnumerable<int> numbers) => Loops.SelectMany(loop => numbers.Select(number => (loop, number)));

    private static Role RoleOf(int person) => person == 0 ? Role.Owner : Role.User;

    private static PersonId PersonOf((int Loop, int Number) person) => Id<PersonId>(2, ((long)person.Loop * People) + person.Number);

    private static RoundId Round(int loop, int ago) => Id<RoundId>(6, ((long)loop << 12) - ago + 0xFFF);

    private static Round RoundOf(int loop, int ago)
    {
        var date = Coming.AddDays(-7 * ago);
        var review = WeeklySlot.Default.StartOn(date);
        var isOver = ago > 0;
        return new Round
        {
            Id = Round(loop, ago), WorkspaceId = Workspace, LoopId = Id<LoopId>(5, loop), ReviewDate = date, State = isOver ? RoundState.Closed : RoundState.Planned, Sealed = isOver,
            OpensAt = review.AddDays(-1), RemindsAt = review.AddHours(-3), ReviewAt = review, ClosesAt = review.AddMinutes(30),
            StartedAt = isOver ? review : null, ClosedAt = isOver ? review.AddMinutes(30) : null,
        };
    }

    private static IEnumerable<RoundStep> StepsOf(int loop)
    {
        var round = RoundOf(loop, 0);
        return new[] { (Step.Open, round.OpensAt), (Step.Remind, round.RemindsAt), (Step.Review, round.ReviewAt), (Step.Close, round.ClosesAt) }
            .Select(step => new RoundStep { RoundId = round.Id, Step = step.Item1, DueAt = step.Item2 });
    }

    private static TId Id<TId>(byte table, long number)
        where TId : struct, IId<TId>
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[0] = table;
        bytes[6] = 0x70;
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return TId.From(new Guid(bytes, bigEndian: true));
    }
}
