import type { BarcodeType } from '@vestibule/koshelek-contract';
import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';

// The gateway's own tables, as TypeORM entities.

@Entity('members')
export class Member {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'text', nullable: true })
  msisdn!: string | null;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ name: 'birth_date', type: 'date', nullable: true })
  birthDate!: string | null;
}

@Entity('cards')
export class CardEntity {
  @PrimaryColumn('text')
  number!: string;

  @OneToOne(() => Member)
  @JoinColumn({ name: 'member_id' })
  member!: Member;

  @Column('text')
  state!: 'active' | 'inactive' | 'blocked';

  @Column('text')
  barcode!: string;

  @Column({ name: 'barcode_type', type: 'text' })
  barcodeType!: BarcodeType;
}

@Entity('orders')
export class OrderEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ name: 'api_key_name', type: 'text' })
  apiKeyName!: string;

  @Column({ name: 'idempotency_key', type: 'text' })
  idempotencyKey!: string;

  @Column({ name: 'request_hash', type: 'bytea' })
  requestHash!: Buffer;

  @Column({ type: 'text', default: 'accepted' })
  status!: string;

  @Column({ type: 'text', nullable: true })
  reference!: string | null;

  @Column('json')
  body!: object;

  @Column({ name: 'callback_url', type: 'text', nullable: true })
  callbackUrl!: string | null;

  @Column({ type: 'json', nullable: true })
  metadata!: object | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
