using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Portfolios;
using Bot.Readiness;
using Bot.Reviews;
using Bot.Ties;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Store;

/// <summary>Everything the product remembers.</summary>
public sealed class BotDb(DbContextOptions<BotDb> options) : DbContext(options)
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Channel> Channels => Set<Channel>();
    public DbSet<ChannelMember> ChannelMembers => Set<ChannelMember>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Initiative> Initiatives => Set<Initiative>();
    public DbSet<Loop> Loops => Set<Loop>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<SkippedDate> SkippedDates => Set<SkippedDate>();
    public DbSet<Holiday> Holidays => Set<Holiday>();
    public DbSet<Round> Rounds => Set<Round>();
    public DbSet<RoundStep> RoundSteps => Set<RoundStep>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Answer> Answers => Set<Answer>();
    public DbSet<NamelessNote> NamelessNotes => Set<NamelessNote>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<ActionItem> ActionItems => Set<ActionItem>();
    public DbSet<Experiment> Experiments => Set<Experiment>();
    public DbSet<StageChange> StageChanges => Set<StageChange>();
    public DbSet<Obstacle> Obstacles => Set<Obstacle>();
    public DbSet<PlanItem> PlanItems => Set<PlanItem>();
    public DbSet<Workshop> Workshops => Set<Workshop>();
    public DbSet<Diagnosis> Diagnoses => Set<Diagnosis>();
    public DbSet<Rebase> Rebases => Set<Rebase>();
    public DbSet<Warning> Warnings => Set<Warning>();
    public DbSet<WarningAnswer> WarningAnswers => Set<WarningAnswer>();
    public DbSet<Threshold> Thresholds => Set<Threshold>();
    public DbSet<EvidenceItem> Evidence => Set<EvidenceItem>();
    public DbSet<EvidenceKey> EvidenceKeys => Set<EvidenceKey>();
    public DbSet<Portfolio> Portfolios => Set<Portfolio>();
    public DbSet<Tie> Ties => Set<Tie>();
    public DbSet<TieSide> TieSides => Set<TieSide>();
    public DbSet<TieOffer> TieOffers => Set<TieOffer>();
    public DbSet<Fingerprint> Fingerprints => Set<Fingerprint>();
    public DbSet<WrongCodes> WrongCodes => Set<WrongCodes>();
    public DbSet<InboxEntry> Inbox => Set<InboxEntry>();
    public DbSet<OutboxCard> Outbox => Set<OutboxCard>();
    public DbSet<PostedCard> PostedCards => Set<PostedCard>();
    public DbSet<DataProtectionKey> DataKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder, Database);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Workspace>(e =>
        {
            e.HasIndex(w => new { w.Platform, w.ExternalId }).IsUnique().HasFilter("\"DeletingSince\" IS NULL");
            // Who brings a workspace back just as it begins to be deleted decides again, and begins a new one.
            e.Property(w => w.DeletingSince).IsConcurrencyToken();
        });
        modelBuilder.Entity<Person>().HasIndex(p => new { p.WorkspaceId, p.ExternalId }).IsUnique();
        modelBuilder.Entity<Channel>().HasIndex(c => new { c.WorkspaceId, c.ExternalId }).IsUnique();
        modelBuilder.Entity<ChannelMember>().HasKey(m => new { m.ChannelId, m.PersonId });
        modelBuilder.Entity<Draft>().HasKey(d => new { d.PersonId, d.Form, d.Key });

        modelBuilder.Entity<Initiative>(e =>
        {
            e.HasIndex(i => i.WorkspaceId);
            e.OwnsOne(i => i.Metric);
            e.ComplexProperty(i => i.Outcome);
        });
        modelBuilder.Entity<Loop>(e =>
        {
            e.HasIndex(l => l.WorkspaceId);
            e.HasIndex(l => l.ChannelId);
            e.HasIndex(l => l.InitiativeId);
            e.ComplexProperty(l => l.Slot);
        });
        modelBuilder.Entity<Participant>(e =>
        {
            e.HasKey(p => new { p.LoopId, p.PersonId });
            e.HasIndex(p => p.PersonId);
        });
        modelBuilder.Entity<SkippedDate>().HasKey(s => new { s.LoopId, s.Date });
        modelBuilder.Entity<Holiday>().HasKey(h => new { h.WorkspaceId, h.Date });

        modelBuilder.Entity<Round>(e =>
        {
            e.HasIndex(r => new { r.LoopId, r.ReviewDate }).IsUnique();
            e.HasIndex(r => r.WorkspaceId);
            e.HasIndex(r => new { r.TextsGoneAt, r.ClosesAt });
            e.Property(r => r.State).IsConcurrencyToken();
        });
        modelBuilder.Entity<RoundStep>(e =>
        {
            e.HasKey(s => new { s.RoundId, s.Step });
            e.HasIndex(s => new { s.State, s.DueAt });
            e.Property(s => s.State).IsConcurrencyToken();
        });
        modelBuilder.Entity<Invitation>(e =>
        {
            e.HasKey(i => new { i.RoundId, i.PersonId });
            e.HasIndex(i => i.PersonId);
        });
        modelBuilder.Entity<Answer>(e =>
        {
            e.HasIndex(a => new { a.RoundId, a.PersonId, a.Counted }).IsUnique();
            e.HasIndex(a => new { a.RoundId, a.ImportKey }).IsUnique();
            e.HasIndex(a => a.PersonId);
            // Holds all that the figures of past weeks are made of, so that two years of a large loop are read without its texts.
            e.HasIndex(a => new { a.RoundId, a.Counted, a.Rating, a.Struggles, a.Drift, a.MetricValue, a.SupportHours });
        });
        modelBuilder.Entity<NamelessNote>(e =>
        {
            e.Property(n => n.Id).ValueGeneratedNever();
            e.HasIndex(n => n.RoundId);
        });

        modelBuilder.Entity<Decision>().HasIndex(d => d.RoundId);
        modelBuilder.Entity<ActionItem>(e =>
        {
            e.HasIndex(a => new { a.LoopId, a.DoneAt });
            e.HasIndex(a => a.OwnerId);
        });
        modelBuilder.Entity<Experiment>(e =>
        {
            e.HasIndex(x => x.LoopId);
            e.HasIndex(x => x.RoundId).IsUnique();
        });

        modelBuilder.Entity<StageChange>().HasIndex(s => s.InitiativeId);
        modelBuilder.Entity<Obstacle>(e =>
        {
            e.HasIndex(o => o.WorkspaceId);
            e.HasIndex(o => o.InitiativeId);
        });
        modelBuilder.Entity<PlanItem>().HasIndex(p => p.InitiativeId);
        modelBuilder.Entity<Workshop>(e =>
        {
            e.HasIndex(w => w.InitiativeId);
            e.HasIndex(w => w.NextAt);
            e.Property(w => w.Part).IsConcurrencyToken();
        });
        modelBuilder.Entity<Diagnosis>().HasIndex(d => d.InitiativeId);
        modelBuilder.Entity<Rebase>().HasKey(r => new { r.LoopId, r.Series, r.From });

        modelBuilder.Entity<Warning>(e =>
        {
            e.HasIndex(w => new { w.InitiativeId, w.Rule });
            // Two that look at once open a finding once: the second decides again.
            e.HasIndex(w => new { w.InitiativeId, w.Rule }, "IX_Warnings_Open").IsUnique().HasFilter("\"State\" = 'Open'");
            e.HasIndex(w => new { w.WorkspaceId, w.State });
        });
        modelBuilder.Entity<WarningAnswer>().HasIndex(a => a.WarningId);
        modelBuilder.Entity<Threshold>().HasKey(t => new { t.WorkspaceId, t.Name });

        modelBuilder.Entity<EvidenceItem>(e =>
        {
            e.HasIndex(i => new { i.InitiativeId, i.SameAs }).IsUnique();
            e.HasIndex(i => new { i.InitiativeId, i.At });
        });
        modelBuilder.Entity<EvidenceKey>(e =>
        {
            e.HasIndex(k => k.Hash).IsUnique();
            e.HasIndex(k => k.InitiativeId);
        });
        modelBuilder.Entity<Portfolio>(e =>
        {
            e.HasKey(p => p.WorkspaceId);
            e.HasIndex(p => p.NextAt);
            e.Property(p => p.NextAt).IsConcurrencyToken();
            e.ComplexProperty(p => p.Slot);
        });

        modelBuilder.Entity<TieSide>(e =>
        {
            e.HasKey(s => s.LoopId);
            e.HasIndex(s => s.TieId);
            e.HasIndex(s => s.WorkspaceId);
        });
        modelBuilder.Entity<TieOffer>(e =>
        {
            e.HasKey(o => o.LoopId);
            e.HasIndex(o => o.Hash).IsUnique();
        });
        modelBuilder.Entity<Fingerprint>(e =>
        {
            e.HasKey(f => new { f.TieId, f.PersonId });
            e.HasIndex(f => f.PersonId);
        });
        modelBuilder.Entity<WrongCodes>(e =>
        {
            e.HasKey(w => w.PersonId);
            e.Property(w => w.Count).IsConcurrencyToken();
        });

        modelBuilder.Entity<InboxEntry>(e =>
        {
            e.HasKey(i => new { i.WorkspaceId, i.DeliveryId });
            e.HasIndex(i => i.At);
        });
        modelBuilder.Entity<OutboxCard>(e =>
        {
            e.HasIndex(o => new { o.WorkspaceId, o.Key }).IsUnique();
            e.HasIndex(o => new { o.State, o.WorkspaceId, o.NotBefore });
            e.HasIndex(o => new { o.WorkspaceId, o.Updates });
            // Where updates are put off, posts are found past all of those that wait.
            e.HasIndex(o => new { o.WorkspaceId, o.NotBefore }, "IX_Outbox_WaitingPosts").HasFilter("\"State\" = 'Waiting' AND \"Updates\" IS NULL");
            e.Property(o => o.Revision).IsConcurrencyToken();
            // Somebody who found it waiting and saves a change of it after it went out would change what nobody sends any more.
            e.Property(o => o.State).IsConcurrencyToken();
        });
        modelBuilder.Entity<PostedCard>().HasKey(p => new { p.WorkspaceId, p.Key });
    }
}
