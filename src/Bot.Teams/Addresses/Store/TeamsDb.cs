using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Teams.Addresses.Store;

/// <summary>Teams' own tables, beside the product's in the same store and never joined with them.</summary>
public sealed class TeamsDb(DbContextOptions<TeamsDb> options) : DbContext(options)
{
    public const string HistoryTable = "Teams_Migrations";

    public DbSet<KnownConversation> Conversations => Set<KnownConversation>();

    public DbSet<KnownPerson> People => Set<KnownPerson>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.InstantsAndTexts(Database);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<KnownConversation>(conversation =>
        {
            conversation.ToTable("Teams_Conversations");
            conversation.HasKey(c => new { c.TenantId, c.ConversationId });
            conversation.HasIndex(c => new { c.TenantId, c.SeenAt });
        });
        modelBuilder.Entity<KnownPerson>(person =>
        {
            person.ToTable("Teams_People");
            person.HasKey(p => new { p.TenantId, p.UserId });
            person.HasIndex(p => new { p.TenantId, p.AadObjectId }).IsUnique();
        });
    }
}
