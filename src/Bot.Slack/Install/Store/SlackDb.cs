using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bot.Slack.Install.Store;

/// <summary>Slack's own tables, beside the product's in the same store and never joined with them.</summary>
public sealed class SlackDb(DbContextOptions<SlackDb> options) : DbContext(options)
{
    public const string HistoryTable = "Slack_Migrations";

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<OrganisationTeam> Teams => Set<OrganisationTeam>();

    public DbSet<BegunInstallation> Begun => Set<BegunInstallation>();

    public DbSet<ToldInstaller> Told => Set<ToldInstaller>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Installation>().ToTable("Slack_Installations");
        modelBuilder.Entity<OrganisationTeam>(team =>
        {
            team.ToTable("Slack_Teams");
            team.HasKey(t => t.TeamId);
        });
        modelBuilder.Entity<BegunInstallation>(begun =>
        {
            begun.ToTable("Slack_Begun");
            begun.HasKey(b => b.StateHash);
        });
        modelBuilder.Entity<ToldInstaller>(told =>
        {
            told.ToTable("Slack_Told");
            told.HasKey(t => new { t.TeamId, t.ChannelId });
        });
    }

    /// <summary>Instants as UTC milliseconds: SQLite cannot order what it stores for a <see cref="DateTimeOffset"/>.</summary>
    private sealed class UtcMilliseconds()
        : ValueConverter<DateTimeOffset, long>(instant => instant.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
